using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>
/// What roots need, as far as sound documents say: below one that is damaged nobody knows, and it is reported itself.
/// </summary>
internal sealed class NeededContent(ContentStore store, IReadOnlyDictionary<Digest, BlobReport> reports) : IContentStore
{
    public async Task<IReadOnlyList<Descriptor>> OfAsync(
        IReadOnlyList<StoreRoot> roots,
        CancellationToken cancellationToken
    )
    {
        var needed = new Dictionary<Digest, Descriptor>();
        foreach (var top in await TopsAsync(roots, cancellationToken))
        {
            var graph = await new GraphWalk(this).WalkAsync(top, cancellationToken);
            foreach (var part in graph.Present.Concat(graph.Missing))
                needed.TryAdd(part.Digest, part);
            // A manifest of another platform is left out on purpose where there is no file; where there is one, it counts.
            foreach (var part in graph.LeftOut.Where(p => reports.ContainsKey(p.Digest)))
                needed.TryAdd(part.Digest, part);
        }
        return [.. needed.Values];
    }

    public Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken) =>
        Task.FromResult(
            reports.GetValueOrDefault(target.Digest) is { State: BlobState.Ok } found && found.Size == target.Size
        );

    public Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken) =>
        store.FetchAsync(target, cancellationToken);

    public Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async Task<IReadOnlyList<Descriptor>> TopsAsync(
        IReadOnlyList<StoreRoot> roots,
        CancellationToken cancellationToken
    )
    {
        if (roots.Count == 0)
            return [.. store.Names.Read().Select(n => n.Target)];
        var tops = new List<Descriptor>();
        foreach (var digest in roots.SelectMany(r => r.Images).Distinct())
        {
            var isSound = reports.GetValueOrDefault(digest) is { State: BlobState.Ok };
            var top = isSound ? await store.DescribeAsync(digest, cancellationToken) : null;
            tops.Add(top ?? OfUnknownKind(digest));
        }
        return [.. tops, .. roots.SelectMany(r => r.Files).Distinct().Select(OfUnknownKind)];
    }

    private Descriptor OfUnknownKind(Digest digest) =>
        new(MediaTypes.AnyContent, digest, reports.GetValueOrDefault(digest)?.Size ?? 0);
}
