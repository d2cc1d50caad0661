using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>The images of a bundle, read from where they lie in its archive as from a registry or a layout.</summary>
public sealed class BundleSource(BundleArchive archive) : IImageSource, IDisposable
{
    private const int MostShown = 10;

    private ImageIndex? _index;

    /// <param name="paths">Its folder, its archive, or the parts of that.</param>
    public static BundleSource Open(params IReadOnlyList<string> paths) =>
        new(BundleArchive.Open(BundleFiles.Find(paths)));

    /// <summary>As <see cref="Open"/>, for many readers at a time.</summary>
    public static async Task<BundleSource> OpenForManyAsync(BundleFiles files, CancellationToken cancellationToken) =>
        new(await BundleArchive.OpenForManyAsync(files, cancellationToken));

    /// <summary>Content of which only the digest is known; null where there is none.</summary>
    public Descriptor? Find(Digest digest) => archive.Members.Blob(digest)?.Descriptor;

    /// <summary>By digest, or by a name that the index gives.</summary>
    public async Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        var isName = ImageReference.TryParse(reference, out var name);
        if (Digest.TryParse(reference, out var digest))
            return Describe(digest);
        if (name?.Digest is { } pinned)
            return Describe(pinned);
        var entries = await EntriesAsync(cancellationToken);
        return entries.FirstOrDefault(entry =>
                NameOf(entry) == reference || (isName && NameOf(entry) == name!.ToString())
            ) ?? throw new ReleaseException(Message.NameUnknown(archive.Files.Archive, reference, Known(entries)));
    }

    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken) =>
        Task.FromResult(archive.OpenBlob(target.Digest, offset, cancellationToken));

    /// <summary>The entries of the index.json of images.tar, in their order.</summary>
    public async Task<IReadOnlyList<Descriptor>> EntriesAsync(CancellationToken cancellationToken)
    {
        if (_index is not null)
            return _index.Manifests;
        var expected = archive.Members.File(BundleNames.IndexMember)!.Descriptor;
        await using var content = archive.OpenIndex(cancellationToken);
        _index = ImageIndex.Parse(
            await ImageDocument.ReadAsync(content, expected, cancellationToken),
            BundleNames.IndexMember
        );
        return _index.Manifests;
    }

    public void Dispose() => archive.Dispose();

    private Descriptor Describe(Digest digest) =>
        archive.Members.Blob(digest)?.Descriptor
        ?? throw new ReleaseException(Message.ContentMissing(digest.ToString(), archive.Files.Archive));

    private static string? NameOf(Descriptor entry) => entry.Annotations.GetValueOrDefault(ImagesIndex.OciName);

    private static string Known(IReadOnlyList<Descriptor> entries)
    {
        var names = entries.Select(NameOf).ToList();
        return names.Count <= MostShown
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostShown))} and {names.Count - MostShown} more";
    }
}
