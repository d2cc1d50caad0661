using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>What a pruning removes, or would.</summary>
/// <param name="Partials">Blobs that some run began and none ended.</param>
/// <param name="Names">What the index no longer names.</param>
public sealed record PruneReport(
    IReadOnlyList<StoredBlob> Removed,
    IReadOnlyList<StoredBlob> Kept,
    IReadOnlyList<StoredBlob> Partials,
    IReadOnlyList<NamedImage> Names
)
{
    public long Freed => Removed.Sum(b => b.Size) + Partials.Sum(b => b.Size);
}

/// <summary>Removes from a store what nobody needs.</summary>
public sealed class StorePrune(ContentStore store)
{
    /// <summary>What a pruning would remove, with nothing touched.</summary>
    /// <param name="keep">Where there are none, all that the store's index names is kept.</param>
    public async Task<PruneReport> PlanAsync(IReadOnlyList<StoreRoot> keep, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<Digest>();
        foreach (var root in keep.Count > 0 ? keep : StoreRoots.OfIndex(store))
        {
            // A document that is there but cannot be read throws: without it nobody knows what it needs.
            var content = await StoreRoots.ContentAsync(store, root, cancellationToken);
            wanted.UnionWith(content.Blobs.Select(b => b.Digest));
        }
        var stored = store.Layout.Contents().ToLookup(b => wanted.Contains(b.Digest));
        return new PruneReport(
            [.. stored[false]],
            [.. stored[true]],
            store.Layout.Partials(),
            [.. store.Names.Read().Where(n => !wanted.Contains(n.Target.Digest))]
        );
    }

    /// <summary>Removes it; refuses while any process fills the store.</summary>
    public async Task<PruneReport> RunAsync(IReadOnlyList<StoreRoot> keep, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(store.Layout.Ingest))
            return await PlanAsync(keep, cancellationToken);
        using var alone = FileLock.Try(store.Layout.UseLock, FileShare.None);
        if (alone is null)
            throw new ReleaseException(Message.StoreBusy(store.Root));
        var plan = await PlanAsync(keep, cancellationToken);
        // Names go before what they name: a name never stands for content that is gone.
        var unnamed = plan.Names.Select(n => n.Target.Digest).ToHashSet();
        await store.Names.RemoveAsync(entry => unnamed.Contains(entry.Digest), cancellationToken);
        try
        {
            foreach (var blob in plan.Removed)
                Delete(store.Layout.Blob(blob.Digest), cancellationToken);
            foreach (var file in store.Layout.Leftovers())
                Delete(file.FullName, cancellationToken);
            Durable.FlushFolder(store.Layout.Blobs);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, store.Root, needed: 0);
        }
        return plan;
    }

    private static void Delete(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
    }
}
