using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>One repository at one place: the registry itself or a mirror. Each call is one attempt; nothing is tried twice here.</summary>
public sealed class RegistryEndpoint : IImageSource
{
    private readonly Conversation _conversation;
    private readonly Audience _audience;
    private readonly Uri _base;

    internal RegistryEndpoint(Uri root, Audience audience, HttpMessageInvoker http, TimeProvider clock)
    {
        _base = new Uri(root, $"v2/{audience.Repository}/");
        _audience = audience;
        _conversation = new Conversation(http, audience.Origin, clock, AnswerFaults.OfRegistry);
        Name = $"{root.Authority}/{audience.Repository}";
    }

    /// <summary>Host, port and repository as they are here.</summary>
    public string Name { get; }

    public async Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        (await ReadManifestAsync(reference, cancellationToken)).Descriptor;

    /// <summary>The manifest or index that a tag or digest stands for, whole; it hashes to the digest it is returned with.</summary>
    public Task<ResolvedManifest> ReadManifestAsync(string reference, CancellationToken cancellationToken) =>
        _conversation.AskAsync(
            Requests.Manifest(HttpMethod.Get, ManifestUrl(reference), _audience),
            async (response, exchange) =>
            {
                using (response)
                    return await ManifestAnswer.ReadAsync(response, reference, exchange, cancellationToken);
            },
            cancellationToken
        );

    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, target.Size);
        if (ManifestKind.IsKnown(target.MediaType) || ManifestKind.IsSchemaOne(target.MediaType))
            return FetchManifestAsync(target, offset, cancellationToken);
        var url = new Uri(_base, $"blobs/{target.Digest}");
        return _conversation.FetchAsync(from => Requests.Blob(url, _audience, from), target, offset, cancellationToken);
    }

    /// <summary>Ends well only where the manifest is there.</summary>
    internal Task<bool> ProbeAsync(string reference, CancellationToken cancellationToken) =>
        _conversation.AskAsync(
            Requests.Manifest(HttpMethod.Head, ManifestUrl(reference), _audience),
            (response, _) =>
            {
                response.Dispose();
                return Task.FromResult(true);
            },
            cancellationToken
        );

    /// <summary>Ends well only where the blob is there, and says no other size than it should.</summary>
    internal Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _conversation.AskAsync(
            Requests.Bare(HttpMethod.Head, new Uri(_base, $"blobs/{blob.Digest}"), _audience),
            (response, exchange) =>
            {
                var length = response.Content.Headers.ContentLength ?? blob.Size;
                response.Dispose();
                return length == blob.Size
                    ? Task.FromResult(true)
                    : throw new RegistryFault(e => Message.WrongSize(e, $"{length}", blob.Size), exchange);
            },
            cancellationToken
        );

    /// <summary>Manifests are small, and are read from their start.</summary>
    private async Task<Stream> FetchManifestAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        if (offset == target.Size && offset > 0)
            return Stream.Null;
        return await _conversation.AskAsync(
            Requests.Manifest(HttpMethod.Get, ManifestUrl(target.Digest.ToString()), _audience),
            (response, exchange) =>
            {
                ManifestAnswer.RefuseSchemaOne(response, exchange);
                if (target.Size > ManifestAnswer.Largest)
                    throw new RegistryFault(e => Message.ManifestTooLarge(e, ManifestAnswer.Largest), exchange);
                return BlobAnswer.OpenAsync(response, target.Size, offset, exchange, cancellationToken);
            },
            cancellationToken
        );
    }

    private Uri ManifestUrl(string reference) =>
        Digest.TryParse(reference, out _) || IsTag(reference)
            ? new Uri(_base, $"manifests/{reference}")
            : throw new ArgumentException("neither a tag nor a digest", nameof(reference));

    private static bool IsTag(string text) =>
        ImageReference.TryParse($"registry.invalid/a/b:{text}", out var parsed) && parsed.Tag == text;
}
