using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>A source through which an image is followed to its layers.</summary>
/// <param name="find">What the source has under a digest, or null.</param>
internal sealed class ServedSource(IImageSource images, Func<Digest, Descriptor?> find) : IContentStore
{
    public IImageSource Images => images;

    public Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken) =>
        Task.FromResult(find(target.Digest)?.Size == target.Size);

    public Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken) =>
        images.FetchAsync(target, offset: 0, cancellationToken);

    public Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

/// <summary>What somebody named to be served.</summary>
internal static class ServedPath
{
    /// <summary>Each by itself, but archives and their parts together, as the bundles that they are of.</summary>
    /// <returns>Without files for a layout, which a store is too.</returns>
    public static IEnumerable<(string Place, BundleFiles? Files)> Sort(IReadOnlyList<string> paths)
    {
        foreach (var folder in paths.Where(Directory.Exists).Distinct(StringComparer.Ordinal))
        {
            var isLayout = File.Exists(Path.Combine(folder, StoreLayout.MarkerName));
            yield return (folder, isLayout ? null : BundleFiles.Find([folder]));
        }
        var archives = paths.Where(path => !Directory.Exists(path)).Distinct(StringComparer.Ordinal);
        foreach (var parts in archives.GroupBy(ArchiveOf, StringComparer.Ordinal))
            yield return (parts.Key, BundleFiles.Find([.. parts]));
    }

    private static string ArchiveOf(string file)
    {
        var name = Path.GetFileName(file);
        return PartName.TryParse(name, out var part) ? part.Archive : name;
    }
}
