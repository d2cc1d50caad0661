using System.Net;
using System.Net.Http.Headers;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Puts images into a registry request by request, as they were made, with nothing rewritten on the way.</summary>
internal sealed class Publisher(Uri registry) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = registry };

    public async Task PushAsync(string repository, string tag, MadeImage image)
    {
        await PushContentAsync(repository, image);
        await PushManifestAsync(repository, tag, image.Root);
    }

    public async Task PushBlobAsync(string repository, string digest, Stream content)
    {
        using var present = await _http.SendAsync(new(HttpMethod.Head, $"/v2/{repository}/blobs/{digest}"));
        if (present.IsSuccessStatusCode)
            return;
        using var begun = Sound(await _http.PostAsync($"/v2/{repository}/blobs/uploads/", content: null));
        var place = new UriBuilder(new Uri(registry, begun.Headers.Location!));
        place.Query = $"{place.Query}&digest={Uri.EscapeDataString(digest)}".TrimStart('?', '&');
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var done = Sound(await _http.PutAsync(place.Uri, body));
        if (done.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"{digest} was not stored: {done.StatusCode}");
    }

    public async Task PushManifestAsync(string repository, string reference, MadeBlob manifest)
    {
        using var body = new ByteArrayContent(manifest.Bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue(manifest.MediaType);
        using var done = Sound(await _http.PutAsync($"/v2/{repository}/manifests/{reference}", body));
    }

    public void Dispose() => _http.Dispose();

    private async Task PushContentAsync(string repository, MadeImage image)
    {
        foreach (var blob in image.Blobs)
        {
            using var content = new MemoryStream(blob.Bytes);
            await PushBlobAsync(repository, blob.Digest.ToString(), content);
        }
        foreach (var child in image.Children)
            await PushAsync(repository, child.Root.Digest.ToString(), child);
    }

    private static HttpResponseMessage Sound(HttpResponseMessage response) =>
        response.IsSuccessStatusCode
            ? response
            : throw new InvalidOperationException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {response.StatusCode} "
                    + new StreamReader(response.Content.ReadAsStream()).ReadToEnd()
            );
}
