using System.Text.Json.Nodes;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Reads out of a registry what somebody pushed there, so that it can be compared with what was pulled.</summary>
internal sealed class ReadBack(Uri registry, string repository) : IDisposable
{
    private static readonly string[] Accepted =
    [
        Dialect.Oci.Index,
        Dialect.Oci.Manifest,
        Dialect.Docker.Index,
        Dialect.Docker.Manifest,
    ];

    private readonly HttpClient _http = new() { BaseAddress = new Uri(registry, $"/v2/{repository}/") };

    public Task<MadeImage> ImageAsync(string digest) => ImageAsync(digest, platform: null);

    public void Dispose() => _http.Dispose();

    private async Task<MadeImage> ImageAsync(string digest, string? platform)
    {
        var root = await GetAsync($"manifests/{digest}", digest);
        var document = JsonNode.Parse(root.Bytes)!;
        if (document["manifests"] is not JsonArray entries)
            return new MadeImage(root, platform) { Blobs = await BlobsAsync(document) };
        var children = new List<MadeImage>();
        foreach (var entry in entries)
        {
            var child = await ImageAsync((string)entry!["digest"]!, PlatformOf(entry));
            children.Add(child with { Attests = AttestedBy(entry) });
        }
        return new MadeImage(root, platform) { Children = children };
    }

    private async Task<IReadOnlyList<MadeBlob>> BlobsAsync(JsonNode manifest)
    {
        var blobs = new List<MadeBlob>();
        foreach (var descriptor in manifest["layers"]!.AsArray().Prepend(manifest["config"]))
        {
            var digest = (string)descriptor!["digest"]!;
            var blob = await GetAsync($"blobs/{digest}", digest);
            blobs.Add(blob with { MediaType = (string)descriptor["mediaType"]! });
        }
        return blobs;
    }

    private async Task<MadeBlob> GetAsync(string path, string digest)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(string.Join(", ", Accepted));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        var blob = new MadeBlob(mediaType, await response.Content.ReadAsByteArrayAsync());
        blob.Digest.ShouldBe(Digest.Parse(digest));
        return blob;
    }

    private static Digest? AttestedBy(JsonNode entry) =>
        (string?)entry["annotations"]?["vnd.docker.reference.digest"] is { } digest ? Digest.Parse(digest) : null;

    private static string PlatformOf(JsonNode entry) =>
        $"{entry["platform"]!["os"]}/{entry["platform"]!["architecture"]}";
}
