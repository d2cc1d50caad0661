using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Something that needs content, such as a release: its name, and the images it is made of.</summary>
public sealed record StoreRoot(string Name, IReadOnlyList<Digest> Images)
{
    /// <summary>What else it needs, which consists of nothing but itself.</summary>
    public IReadOnlyList<Digest> Files { get; init; } = [];
}

/// <summary>What one root has in a store.</summary>
/// <param name="NotHere">Files that are not there, and images of which not even the first document is.</param>
/// <param name="Blobs">All that is there of it, each once.</param>
/// <param name="Missing">What its images need and the store lacks.</param>
public sealed record RootContent(
    StoreRoot Root,
    IReadOnlyList<Digest> NotHere,
    IReadOnlyList<Descriptor> Blobs,
    IReadOnlyList<Descriptor> Missing
);

/// <summary>Follows roots through a store.</summary>
internal static class StoreRoots
{
    /// <summary>The images of the store's own index, each a root by itself.</summary>
    public static IReadOnlyList<StoreRoot> OfIndex(ContentStore store) =>
        [
            .. store
                .Names.Read()
                .Select(image => new StoreRoot(
                    image.Name.Length > 0 ? image.Name : image.Target.Digest.ToString(),
                    [image.Target.Digest]
                )),
        ];

    public static async Task<RootContent> ContentAsync(
        ContentStore store,
        StoreRoot root,
        CancellationToken cancellationToken
    )
    {
        var notHere = new List<Digest>();
        var blobs = new Dictionary<Digest, Descriptor>();
        var missing = new Dictionary<Digest, Descriptor>();
        foreach (var image in root.Images.Distinct())
        {
            if (await store.DescribeAsync(image, cancellationToken) is not { } top)
            {
                notHere.Add(image);
                continue;
            }
            var graph = await new GraphWalk(store).WalkAsync(top, cancellationToken);
            foreach (var blob in graph.Present)
                blobs[blob.Digest] = blob;
            foreach (var blob in graph.Missing)
                missing[blob.Digest] = blob;
        }
        foreach (var file in root.Files.Distinct())
        {
            if (await store.FindAsync(file, cancellationToken) is { } content)
                blobs.TryAdd(file, content);
            else
                notHere.Add(file);
        }
        return new RootContent(root, notHere, [.. blobs.Values], [.. missing.Values]);
    }
}
