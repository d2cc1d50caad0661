using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Images from a layout that somebody else wrote: <c>oci:DIR</c> or <c>oci-archive:FILE</c>.</summary>
public sealed class LayoutSource : IImageSource, IDisposable
{
    private readonly ILayoutFiles _files;
    private readonly ImageIndex _index;

    private LayoutSource(ILayoutFiles files)
    {
        _files = files;
        LayoutDocuments.CheckMarker(files);
        _index = LayoutDocuments.Index(files);
    }

    /// <summary>The entries of its index, in their order.</summary>
    public IReadOnlyList<Descriptor> Entries => _index.Manifests;

    public static LayoutSource OfFolder(string path) => new(new LayoutFolder(new StoreLayout(Path.GetFullPath(path))));

    /// <summary>Of a tar file, which is read in place: nothing is extracted.</summary>
    public static LayoutSource OfArchive(string path)
    {
        var files = LayoutArchive.Read(path);
        try
        {
            return new LayoutSource(files);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>By digest, by the name the index gives, or by its tag where the index gives only tags.</summary>
    public async Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var digest =
            Digest.TryParse(reference, out var bare) ? bare
            : ImageReference.TryParse(reference, out var name) ? name.Digest
            : null;
        if (digest is null)
            return LayoutNames.Find(_index, _files.Path, reference);
        return await LayoutDocuments.DescribeAsync(_files, digest.Value, cancellationToken)
            ?? throw new ReleaseException(Message.ContentMissing(digest.Value.ToString(), _files.Path));
    }

    /// <summary>Content of which only the digest is known; null where there is none.</summary>
    public Descriptor? Find(Digest digest)
    {
        using var content = _files.OpenBlob(digest);
        return content is null ? null : new Descriptor(MediaTypes.AnyContent, digest, content.Length);
    }

    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content =
            _files.OpenBlob(target.Digest)
            ?? throw new ReleaseException(Message.ContentMissing(target.Digest.ToString(), _files.Path));
        content.Position = Math.Min(offset, content.Length);
        return Task.FromResult(content);
    }

    public void Dispose() => _files.Dispose();
}
