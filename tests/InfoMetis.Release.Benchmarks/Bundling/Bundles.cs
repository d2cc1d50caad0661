using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>What it costs to make a bundle of 24 images and to verify it, beside the shortest ways that others have.</summary>
internal static class Bundles
{
    private const int Runs = 5;

    /// <summary>A layout may be packed a little smaller than what it holds, but nobody leaves anything out.</summary>
    private const double LeastShare = 0.9;

    public static async Task<IReport> MeasureAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var corpus = await Corpus.OpenAsync(workshop.PathOf("corpus"), cancellationToken);
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(corpus.Folder));
        var imrel = await BundlingImrel.OpenAsync(workshop, corpus, registry, cancellationToken);
        var peers = new Peers(workshop, corpus, registry);
        var atLeast = (long)(corpus.Size * LeastShare);
        var made = await InTurnAsync(
            [peers.CraneAndTar, peers.CraneAndTarOnDisk, peers.SkopeoAndZstd, imrel.FromRegistry],
            atLeast,
            cancellationToken
        );
        // The last run has left a full store, and what is measured next.
        var warm = await InTurnAsync([peers.CopyAndHash(imrel.Store), imrel.FromStore], atLeast, cancellationToken);
        var archive = imrel.Archive;
        var verified = await InTurnAsync([Peers.Hash(archive), imrel.Verify], atLeast, cancellationToken);
        var sizes = await Sizes.MeasureAsync(peers.CraneLayout, archive);
        return new BundleReport(
            corpus,
            [
                new BundleGroup("from a registry, with nothing here", made),
                new BundleGroup("from a store that is full", warm),
                new BundleGroup("verifying", verified),
            ],
            sizes
        );
    }

    /// <summary>Once each to warm up, then in turn, so that whatever else the machine does falls on all of them alike.</summary>
    private static async Task<IReadOnlyList<Costs>> InTurnAsync(
        IReadOnlyList<Contender> contenders,
        long atLeast,
        CancellationToken cancellationToken
    )
    {
        var costs = contenders.Select(_ => new List<Cost>(Runs)).ToArray();
        for (var run = -1; run < Runs; run++)
        {
            foreach (var (contender, taken) in contenders.Zip(costs))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var cost = await contender.RunAsync(atLeast);
                if (run >= 0)
                    taken.Add(cost);
            }
        }
        return [.. contenders.Zip(costs, (contender, taken) => new Costs(contender.Name, taken))];
    }
}
