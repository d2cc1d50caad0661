using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>A registry and its mirrors.</summary>
internal sealed class RegistrySupply(RegistrySource source) : IImageSupply
{
    public Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken) =>
        source.ReadManifestAsync(digest.ToString(), cancellationToken);

    public Task FillAsync(Ingest ingest, CancellationToken cancellationToken) =>
        source.ReadAsync(
            async (endpoint, token) =>
            {
                await ingest.FillAsync(endpoint, token);
                return true;
            },
            cancellationToken
        );
}

/// <summary>A web server.</summary>
internal sealed class WebSupply(WebFile file) : IFileSupply
{
    public Task<Descriptor> DescribeAsync(Digest digest, CancellationToken cancellationToken) =>
        file.ReadAsync((one, token) => one.ResolveAsync(digest.ToString(), token), cancellationToken);

    public Task FillAsync(Ingest ingest, CancellationToken cancellationToken) =>
        file.ReadAsync(
            async (one, token) =>
            {
                await ingest.FillAsync(one, token);
                return true;
            },
            cancellationToken
        );
}

/// <summary>A bundle, or a layout that somebody else wrote, which has files where it is the store of another pull.</summary>
internal sealed class SourceSupply(IImageSource source, NoSupply otherwise) : IImageSupply, IFileSupply
{
    public Task<Descriptor> DescribeAsync(Digest digest, CancellationToken cancellationToken) =>
        source is LayoutSource layout && layout.Find(digest) is { } found
            ? Task.FromResult(found)
            : otherwise.DescribeAsync(digest, cancellationToken);

    public async Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken)
    {
        var descriptor = await source.ResolveAsync(digest.ToString(), cancellationToken);
        await using var content = await source.FetchAsync(descriptor, offset: 0, cancellationToken);
        return new ResolvedManifest(descriptor, await ImageDocument.ReadAsync(content, descriptor, cancellationToken));
    }

    public Task FillAsync(Ingest ingest, CancellationToken cancellationToken) =>
        ingest.FillAsync(source, cancellationToken);
}

/// <summary>Nothing but the store itself: what is not there is missing, and no socket is opened to look for it.</summary>
internal sealed class NoSupply(string store) : IImageSupply, IFileSupply
{
    public Task<Descriptor> DescribeAsync(Digest digest, CancellationToken cancellationToken) => throw Missing(digest);

    public Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken) =>
        throw Missing(digest);

    public Task FillAsync(Ingest ingest, CancellationToken cancellationToken) => throw Missing(ingest.Target.Digest);

    private ReleaseException Missing(Digest digest) => new(Message.OfflineMissing(digest.ToString(), store));
}
