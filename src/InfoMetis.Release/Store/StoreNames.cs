using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>An image by the name it was pulled under.</summary>
public readonly record struct NamedImage(string Name, Descriptor Target);

/// <summary>
/// The <c>index.json</c> of a store. It is only ever replaced whole, under a lock, with what other tools wrote left as it is.
/// </summary>
public sealed class StoreNames
{
    private readonly ContentStore _store;
    private readonly TimeProvider _time;

    internal StoreNames(ContentStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>Every image of the index in its order; the name is empty where it has none.</summary>
    public IReadOnlyList<NamedImage> Read()
    {
        using var files = new LayoutFolder(_store.Layout);
        if (!File.Exists(_store.Layout.IndexFile))
            return [];
        return
        [
            .. LayoutDocuments
                .Index(files)
                .Manifests.Select(m => new NamedImage(LayoutNames.Of(m).FirstOrDefault(""), m)),
        ];
    }

    /// <summary>Gives names to images; a name that was in use moves to the new image.</summary>
    public async Task PutAsync(IReadOnlyCollection<NamedImage> images, CancellationToken cancellationToken)
    {
        await _store.PrepareAsync(cancellationToken);
        if (HasAll(images))
            return;
        var taken = images.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        await ReplaceAsync(entry => LayoutNames.Of(entry).Any(taken.Contains), images, cancellationToken);
    }

    /// <summary>A second pull finds its names: then nobody waits for the lock, and nothing is written.</summary>
    private bool HasAll(IReadOnlyCollection<NamedImage> images)
    {
        var there = Read().ToLookup(entry => entry.Name, entry => entry.Target.Digest, StringComparer.Ordinal);
        return images.All(image => there[image.Name].SequenceEqual([image.Target.Digest]));
    }

    /// <summary>Takes images out of the index; their content stays.</summary>
    internal Task RemoveAsync(Func<Descriptor, bool> unwanted, CancellationToken cancellationToken) =>
        ReplaceAsync(unwanted, [], cancellationToken);

    private async Task ReplaceAsync(
        Func<Descriptor, bool> unwanted,
        IReadOnlyCollection<NamedImage> added,
        CancellationToken cancellationToken
    )
    {
        var layout = _store.Layout;
        using var held = await FileLock.WaitAsync(layout.IndexLock, FileShare.None, _time, cancellationToken);
        using var files = new LayoutFolder(layout);
        var old = LayoutDocuments.Read(files, StoreLayout.IndexName) ?? StoreLayout.EmptyIndex.ToArray();
        var entries = ImageIndex.Parse(old, LayoutDocuments.Subject(files, StoreLayout.IndexName)).Manifests;
        var changed = IndexWriter.Merge(old, at => !unwanted(entries[at]), added);
        if (old.AsSpan().SequenceEqual(changed))
            return;
        try
        {
            Durable.Replace(layout.IndexFile, changed);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, layout.Root, changed.Length);
        }
    }
}
