using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>An image that can be pushed.</summary>
/// <param name="Name">What it is called in the manifest, or the last part of its repository where there is none.</param>
/// <param name="Reference">Its name where it comes from, with its digest.</param>
public sealed record SourceImage(string Name, ImageReference Reference, Descriptor Root)
{
    /// <summary>Whether somebody who names it so means this one.</summary>
    public bool IsNamed(string name) =>
        Name == name
        || (
            ImageReference.TryParse(name, out var meant)
            && meant.Name == Reference.Name
            && (meant.Tag is null || meant.Tag == Reference.Tag)
            && (meant.Digest is null || meant.Digest == Reference.Digest)
        );
}

/// <summary>Images in one place here: a bundle, a store, or a layout that somebody else wrote.</summary>
public sealed class PushSource : IDisposable
{
    private readonly IDisposable _opened;
    private readonly Func<Descriptor, CancellationToken, Task<Stream>> _fetch;
    private readonly Func<Descriptor, bool> _has;

    private PushSource(
        string path,
        IReadOnlyList<SourceImage> images,
        Func<Descriptor, CancellationToken, Task<Stream>> fetch,
        Func<Descriptor, bool> has,
        IDisposable opened
    ) => (Path, Images, _fetch, _has, _opened) = (path, images, fetch, has, opened);

    public string Path { get; }

    public IReadOnlyList<SourceImage> Images { get; }

    /// <summary>A bundle by its folder, its archive or parts; or a store or layout by its folder or its tar.</summary>
    /// <exception cref="ReleaseException">It is none of these.</exception>
    public static PushSource Open(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths is not [var path])
            return OfBundle(paths);
        if (Directory.Exists(path))
            return File.Exists(System.IO.Path.Combine(path, BundleNames.LayoutMember))
                ? OfLayoutFolder(path)
                : OfBundle(paths);
        try
        {
            return OfBundle(paths);
        }
        catch (ReleaseException exception)
            when (exception.Finding.Code is Codes.MemberElsewhere or Codes.NotABundle && IsTar(path))
        {
            return OfLayoutArchive(path);
        }
    }

    public static PushSource OfBundle(IReadOnlyList<string> paths) =>
        Of(
            () => BundleArchive.Open(BundleFiles.Find(paths)),
            archive => new PushSource(
                archive.Files.Archive,
                [.. archive.Inventory.Images.Select(image => ImageOf(archive, image))],
                (content, token) => Task.FromResult(archive.OpenBlob(content.Digest, offset: 0, token)),
                wanted => archive.Members.Blob(wanted.Digest)?.Member.Size == wanted.Size,
                archive
            )
        );

    public static PushSource OfLayoutFolder(string path) => OfLayout(path, LayoutSource.OfFolder);

    public static PushSource OfLayoutArchive(string path) => OfLayout(path, LayoutSource.OfArchive);

    /// <summary>Those that are asked for; all, where none is.</summary>
    /// <exception cref="ReleaseException">Names that no image has: all of them.</exception>
    public IReadOnlyList<SourceImage> Choose(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            return Images;
        var known = string.Join(", ", Images.Select(image => image.Name).Distinct());
        var unknown = names.Where(name => !Images.Any(image => image.IsNamed(name))).ToList();
        return unknown.Count == 0
            ? [.. Images.Where(image => names.Any(image.IsNamed))]
            : throw new ReleaseException([.. unknown.Select(name => Message.NameUnknown(Path, name, known))]);
    }

    public void Dispose() => _opened.Dispose();

    /// <summary>Content from its start on; nothing of it is verified here.</summary>
    internal Task<Stream> FetchAsync(Descriptor content, CancellationToken cancellationToken) =>
        _fetch(content, cancellationToken);

    /// <summary>Whether content is there in its size.</summary>
    internal bool Has(Descriptor content) => _has(content);

    private static bool IsTar(string path) =>
        File.Exists(path) && path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    private static SourceImage ImageOf(BundleArchive archive, InventoryImage image)
    {
        var size = archive.Members.Blob(image.Digest)?.Member.Size ?? 0;
        return ImageReference.TryParse(image.Reference, out var reference)
            ? new SourceImage(
                image.Name,
                reference.WithDigest(image.Digest),
                new Descriptor(image.MediaType, image.Digest, size)
            )
            : throw new ReleaseException(Message.NameLacking(archive.Files.Archive, image.Digest.ToString()));
    }

    private static PushSource OfLayout(string path, Func<string, LayoutSource> open) =>
        Of(
            () => open(path),
            layout => new PushSource(
                path,
                ImagesOf(path, layout.Entries),
                (content, token) => layout.FetchAsync(content, offset: 0, token),
                wanted => layout.Find(wanted.Digest)?.Size == wanted.Size,
                layout
            )
        );

    private static PushSource Of<T>(Func<T> open, Func<T, PushSource> make)
        where T : IDisposable
    {
        var opened = open();
        try
        {
            return make(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>One for each repository and tag that an entry names; a name without a tag counts only where there is no other.</summary>
    private static List<SourceImage> ImagesOf(string path, IReadOnlyList<Descriptor> entries)
    {
        var nameless = new List<Finding>();
        var images = new List<SourceImage>();
        foreach (var entry in entries.GroupBy(entry => entry.Digest))
        {
            var names = entry.SelectMany(LayoutNames.Of).Select(Named).OfType<ImageReference>().ToList();
            if (names.Count == 0)
                nameless.Add(Message.NameLacking(path, entry.Key.ToString()));
            images.AddRange(
                names
                    .Where(name =>
                        name.Tag is not null || names.TrueForAll(other => other.Name != name.Name || other.Tag is null)
                    )
                    .Select(name => name.WithDigest(entry.Key))
                    .Distinct()
                    .Select(name => new SourceImage(name.Repository.Split('/')[^1], name, entry.First()))
            );
        }
        return nameless.Count == 0 ? images : throw new ReleaseException(nameless);
    }

    /// <summary>A tag alone, as skopeo writes it, names no repository.</summary>
    private static ImageReference? Named(string name) =>
        name.AsSpan().IndexOfAny('/', ':') >= 0 && ImageReference.TryParse(name, out var reference) ? reference : null;
}
