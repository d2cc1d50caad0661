using System.Net;
using System.Net.Http.Headers;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>The requests we send, and what may be said of them.</summary>
internal static class Requests
{
    private static readonly HttpRequestOptionsKey<Audience> AudienceKey = new("audience");
    private const int Large = 1 << 20;

    private static readonly string[] ManifestTypes =
    [
        MediaTypes.OciIndex,
        MediaTypes.OciManifest,
        MediaTypes.DockerManifestList,
        MediaTypes.DockerManifest,
    ];

    public static HttpRequestMessage Manifest(HttpMethod method, Uri url, Audience audience)
    {
        var request = To(method, url, audience);
        foreach (var type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    public static HttpRequestMessage Blob(Uri url, Audience audience, long offset) =>
        From(offset, To(HttpMethod.Get, url, audience));

    /// <summary>A question that has no answer but its status and headers, such as whether a blob is there.</summary>
    public static HttpRequestMessage Bare(HttpMethod method, Uri url, Audience audience) => To(method, url, audience);

    public static HttpRequestMessage Upload(Uri url, Audience audience, UploadBody body)
    {
        var request = From(offset: 0, To(HttpMethod.Put, url, audience));
        request.Content = body;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypes.AnyContent);
        // Whoever would refuse it says so before all of it was sent.
        request.Headers.ExpectContinue = body.Size >= Large;
        return request;
    }

    public static HttpRequestMessage PutManifest(Uri url, Audience audience, ResolvedManifest manifest)
    {
        var request = To(HttpMethod.Put, url, audience);
        request.Content = new ReadOnlyMemoryContent(manifest.Content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(manifest.Descriptor.MediaType);
        return request;
    }

    /// <summary>Meant for nobody whose credentials are known here, so it carries none.</summary>
    public static HttpRequestMessage File(Uri url, long offset) => From(offset, Plain(HttpMethod.Get, url));

    public static Audience? AudienceOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(AudienceKey, out var audience) ? audience : null;

    public static Exchange Exchange(HttpRequestMessage request) =>
        new(
            AudienceOf(request)?.Subject ?? request.RequestUri!.Host,
            request.Method.Method,
            RedactedUrl.Of(request.RequestUri!)
        );

    /// <summary>HTTP/2 where TLS agrees on it; answers as they are, for digests are of bytes uncompressed.</summary>
    public static HttpRequestMessage Plain(HttpMethod method, Uri url)
    {
        var request = new HttpRequestMessage(method, url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("imrel")));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        return request;
    }

    private static HttpRequestMessage From(long offset, HttpRequestMessage request)
    {
        // A connection for each blob: the kernel holds back a sender, where HTTP/2 would buffer a window for each stream.
        request.Version = HttpVersion.Version11;
        if (offset > 0)
            request.Headers.Range = new RangeHeaderValue(offset, to: null);
        return request;
    }

    private static HttpRequestMessage To(HttpMethod method, Uri url, Audience audience)
    {
        var request = Plain(method, url);
        request.Options.Set(AudienceKey, audience);
        return request;
    }
}
