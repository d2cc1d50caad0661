using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using InfoMetis.Release.Serving;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

/// <summary>A server on a port of its own, and a client that asks it as any client does.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly ReleaseServer _server;

    private Served(ReleaseServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url };
    }

    public HttpClient Http { get; }

    public Uri Url => _server.Url;

    public ReleaseServer Server => _server;

    public static Task<Served> StartAsync(params string[] paths) => StartAsync(new ServerOptions(), paths);

    public static async Task<Served> StartAsync(ServerOptions options, params string[] paths) =>
        new(await ReleaseServer.StartAsync(paths, options with { Listen = new(IPAddress.Loopback, 0) }, default));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? range = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, target));
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> GetAsync(string target, string? range = null) =>
        SendAsync(HttpMethod.Get, target, range);

    public async Task<byte[]> BytesAsync(string target)
    {
        using var response = await GetAsync(target);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, target);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task<JsonElement> JsonAsync(string target)
    {
        using var document = JsonDocument.Parse(await BytesAsync(target));
        return document.RootElement.Clone();
    }

    /// <summary>The status and the code of an error.</summary>
    public async Task<(int Status, string? Code)> ErrorAsync(HttpMethod method, string target, string? range = null)
    {
        using var response = await SendAsync(method, target, range);
        var body = await response.Content.ReadAsByteArrayAsync();
        if (body.Length == 0)
            return ((int)response.StatusCode, null);
        response.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("application/json"));
        using var document = JsonDocument.Parse(body);
        var error = document.RootElement.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        return ((int)response.StatusCode, error.GetProperty("code").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}

/// <summary>A layout with images under names of a test's choice.</summary>
internal static class NamedLayout
{
    public static void Write(string folder, IEnumerable<(string Name, Sample Root)> images, IEnumerable<Sample> content)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var sample in content)
            File.WriteAllBytes(Path.Combine(blobs, sample.Digest.Hex), sample.Bytes);
        var entries = images.Select(image =>
            Sample.Json(image.Root.Descriptor).TrimEnd('}')
            + $$""","annotations":{"org.opencontainers.image.ref.name":"{{image.Name}}"} }"""
        );
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllText(
            Path.Combine(folder, "index.json"),
            $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}"""
        );
    }
}
