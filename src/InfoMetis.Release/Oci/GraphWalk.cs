using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Oci;

/// <summary>Everything below one root: what a store has of it, what it lacks, and what was left out on purpose.</summary>
/// <param name="Present">The root first, each content once, parents before children.</param>
/// <param name="Missing">What an image that is there needs and the store lacks; the root itself where that is absent.</param>
/// <param name="LeftOut">Manifests of an index that are absent: other platforms, which a sparse layout leaves out.</param>
public sealed record ImageGraph(
    Descriptor Root,
    IReadOnlyList<Descriptor> Present,
    IReadOnlyList<Descriptor> Missing,
    IReadOnlyList<Descriptor> LeftOut
);

/// <summary>Follows the documents of an image through a store, from the root to its layers.</summary>
public sealed class GraphWalk(IContentStore store)
{
    public const int DeepestLevel = 8;
    public const int MostNodes = 50_000;

    public async Task<ImageGraph> WalkAsync(Descriptor root, CancellationToken cancellationToken)
    {
        var (present, missing, leftOut) = (new List<Descriptor>(), new List<Descriptor>(), new List<Descriptor>());
        var seen = new HashSet<(Digest, long)> { (root.Digest, root.Size) };
        var level = new List<(Descriptor Node, bool MayLack)> { (root, false) };
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth > DeepestLevel)
                throw TooLarge(root, $"{DeepestLevel} levels");
            var next = new List<(Descriptor Node, bool MayLack)>();
            foreach (var (node, mayLack) in level)
            {
                if (!await store.ExistsAsync(node, cancellationToken))
                {
                    (mayLack ? leftOut : missing).Add(node);
                    continue;
                }
                present.Add(node);
                foreach (var child in await ChildrenAsync(node, cancellationToken))
                {
                    if (seen.Add((child.Digest, child.Size)))
                        next.Add((child, MediaTypes.IsIndex(node.MediaType)));
                }
                if (seen.Count > MostNodes)
                    throw TooLarge(root, $"{MostNodes:N0} pieces of content");
            }
            level = next;
        }
        return new ImageGraph(root, present, missing, leftOut);
    }

    private async Task<IReadOnlyList<Descriptor>> ChildrenAsync(Descriptor node, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsIndex(node.MediaType) && !MediaTypes.IsManifest(node.MediaType))
            return [];
        await using var content = await store.FetchAsync(node, cancellationToken);
        return ImageDocument.Children(node, await ImageDocument.ReadAsync(content, node, cancellationToken));
    }

    private static ReleaseException TooLarge(Descriptor root, string limit) =>
        new(Message.GraphTooLarge(root.Digest.ToString(), limit));
}
