using System.Net;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>One repository at one place: the registry itself or a mirror. Each call is one attempt; nothing is tried twice here.</summary>
public sealed class RegistryEndpoint : IImageSource
{
    private readonly HttpMessageInvoker _http;
    private readonly Audience _audience;
    private readonly TimeProvider _clock;
    private readonly Uri _base;

    internal RegistryEndpoint(Uri root, Audience audience, HttpMessageInvoker http, TimeProvider clock)
    {
        _base = new Uri(root, $"v2/{audience.Repository}/");
        _audience = audience;
        _http = http;
        _clock = clock;
        Name = $"{root.Authority}/{audience.Repository}";
    }

    /// <summary>Host, port and repository as they are here.</summary>
    public string Name { get; }

    public async Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        (await ReadManifestAsync(reference, cancellationToken)).Descriptor;

    /// <summary>The manifest or index that a tag or digest stands for, whole; it hashes to the digest it is returned with.</summary>
    public Task<ResolvedManifest> ReadManifestAsync(string reference, CancellationToken cancellationToken) =>
        AskAsync(
            Requests.Manifest(HttpMethod.Get, ManifestUrl(reference), _audience),
            async (response, exchange) =>
            {
                using (response)
                    return await ManifestAnswer.ReadAsync(response, reference, exchange, cancellationToken);
            },
            cancellationToken
        );

    public async Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, target.Size);
        var isManifest = ManifestKind.IsKnown(target.MediaType) || ManifestKind.IsSchemaOne(target.MediaType);
        if (offset == target.Size && offset > 0)
            return Stream.Null;
        try
        {
            return await OpenAsync(isManifest ? 0 : offset);
        }
        catch (ReleaseException exception)
            when (!isManifest
                && offset > 0
                && exception.InnerException
                    is RegistryFault { Exchange.Status: (int)HttpStatusCode.RequestedRangeNotSatisfiable }
            )
        {
            // Some registries refuse what they should ignore.
            return await OpenAsync(0);
        }

        Task<Stream> OpenAsync(long from) =>
            AskAsync(
                isManifest
                    ? Requests.Manifest(HttpMethod.Get, ManifestUrl(target.Digest.ToString()), _audience)
                    : Requests.Blob(new Uri(_base, $"blobs/{target.Digest}"), _audience, from),
                (response, exchange) => StreamAsync(response, exchange, isManifest, target, offset, cancellationToken),
                cancellationToken
            );
    }

    /// <summary>Ends well only where the manifest is there.</summary>
    internal Task<bool> ProbeAsync(string reference, CancellationToken cancellationToken) =>
        AskAsync(
            Requests.Manifest(HttpMethod.Head, ManifestUrl(reference), _audience),
            (response, _) =>
            {
                response.Dispose();
                return Task.FromResult(true);
            },
            cancellationToken
        );

    private static async Task<Stream> StreamAsync(
        HttpResponseMessage response,
        Exchange exchange,
        bool isManifest,
        Descriptor target,
        long offset,
        CancellationToken cancellationToken
    )
    {
        if (isManifest)
            ManifestAnswer.RefuseSchemaOne(response, exchange);
        if (isManifest && target.Size > ManifestAnswer.Largest)
            throw new RegistryFault(e => Message.ManifestTooLarge(e, ManifestAnswer.Largest), exchange);
        return await BlobAnswer.OpenAsync(response, target.Size, offset, exchange, cancellationToken);
    }

    /// <summary>Sends, tells refusals from answers, and puts a name to whatever goes wrong.</summary>
    private async Task<T> AskAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, Exchange, Task<T>> use,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? response = null;
        var used = false;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
            var exchange = Requests.Exchange(request);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
                throw await AnswerFaults.OfAsync(
                    response,
                    exchange,
                    Origin.Of(request.RequestUri!) != _audience.Origin,
                    _clock.GetUtcNow(),
                    cancellationToken
                );
            var result = await use(response, exchange with { Status = (int)response.StatusCode });
            used = true;
            return result;
        }
        catch (RegistryFault fault)
        {
            throw fault.ToException();
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            var exchange = Requests.Exchange(request);
            throw (
                response is null
                    ? TransportFaults.BeforeAnswer(exception, exchange)
                    : TransportFaults.InBody(exception, exchange, received: 0, expected: null)
            ).ToException();
        }
        finally
        {
            if (!used)
                response?.Dispose();
            request.Dispose();
        }
    }

    private Uri ManifestUrl(string reference) =>
        Digest.TryParse(reference, out _) || IsTag(reference)
            ? new Uri(_base, $"manifests/{reference}")
            : throw new ArgumentException("neither a tag nor a digest", nameof(reference));

    private static bool IsTag(string text) =>
        ImageReference.TryParse($"registry.invalid/a/b:{text}", out var parsed) && parsed.Tag == text;
}
