using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>The blobs of a bundle by digest, read from where they lie.</summary>
internal sealed class ArchivedContent(BundleArchive archive) : IContentStore
{
    public Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken) =>
        Task.FromResult(archive.Members.Blob(target.Digest)?.Member.Size == target.Size);

    public Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken) =>
        Task.FromResult(archive.OpenBlob(target.Digest, offset: 0, cancellationToken));

    public Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
