using InfoMetis.Release.Disk;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>What one root takes of the space of a store.</summary>
/// <param name="Size">All of its content.</param>
/// <param name="Shared">The part that other roots need too.</param>
public sealed record RootStatus(RootContent Content, long Size, long Shared)
{
    /// <summary>What would come free if only this root were given up.</summary>
    public long Own => Size - Shared;

    public bool IsComplete => Content.NotHere.Count == 0 && Content.Missing.Count == 0;
}

/// <summary>What lies in a store, and on whose account.</summary>
/// <param name="Unneeded">Content that none of the roots needs.</param>
/// <param name="Partial">What has come of blobs that are not complete yet.</param>
public sealed record StoreStatus(
    IReadOnlyList<RootStatus> Roots,
    int Blobs,
    long Size,
    long Unneeded,
    long Partial,
    long Free
)
{
    /// <param name="roots">Where there are none, every image of the store's index is a root.</param>
    public static async Task<StoreStatus> OfAsync(
        ContentStore store,
        IReadOnlyList<StoreRoot> roots,
        CancellationToken cancellationToken
    )
    {
        var contents = new List<RootContent>();
        var users = new Dictionary<Digest, int>();
        foreach (var root in roots.Count > 0 ? roots : StoreRoots.OfIndex(store))
        {
            var content = await StoreRoots.ContentAsync(store, root, cancellationToken);
            contents.Add(content);
            foreach (var blob in content.Blobs)
                users[blob.Digest] = users.GetValueOrDefault(blob.Digest) + 1;
        }
        var stored = store.Layout.Contents();
        return new StoreStatus(
            [.. contents.Select(content => Of(content, users))],
            stored.Count,
            stored.Sum(blob => blob.Size),
            stored.Where(blob => !users.ContainsKey(blob.Digest)).Sum(blob => blob.Size),
            store.Layout.Leftovers().Sum(file => file.Length),
            DiskSpace.FreeAt(store.Root)
        );
    }

    private static RootStatus Of(RootContent content, Dictionary<Digest, int> users) =>
        new(
            content,
            content.Blobs.Sum(blob => blob.Size),
            content.Blobs.Where(blob => users[blob.Digest] > 1).Sum(blob => blob.Size)
        );
}
