using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What it costs to bring 24 images into a layout, beside the programs that others use for it.</summary>
internal static class Pull
{
    private const int Runs = 5;

    public static async Task<IReport> MeasureAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var corpus = await Corpus.OpenAsync(workshop.PathOf("corpus"), cancellationToken);
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(corpus.Folder));
        var imrel = await Imrel.OpenAsync(workshop, corpus, registry, cancellationToken);
        IReadOnlyList<Puller> empty =
        [
            Crane(workshop, corpus, registry),
            Skopeo(workshop, corpus, registry),
            imrel.Puller("imrel pull"),
            imrel.Puller("imrel pull --jobs 1", "--jobs", "1"),
            imrel.Puller("imrel pull --jobs 64", "--jobs", "64"),
        ];
        var measured = await InTurnAsync(empty, corpus, cancellationToken);
        // The last run has left a full store.
        var again = imrel.Puller("imrel pull, all there") with
        {
            StartsEmpty = false,
        };
        return new PullReport(corpus, [.. measured, .. await InTurnAsync([again], corpus, cancellationToken)]);
    }

    /// <summary>Once each to warm up, then in turn, so that whatever else the machine does falls on all of them alike.</summary>
    private static async Task<IReadOnlyList<Costs>> InTurnAsync(
        IReadOnlyList<Puller> pullers,
        Corpus corpus,
        CancellationToken cancellationToken
    )
    {
        var costs = pullers.Select(_ => new List<Cost>(Runs)).ToArray();
        for (var run = -1; run < Runs; run++)
        {
            foreach (var (puller, taken) in pullers.Zip(costs))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (puller.StartsEmpty && Directory.Exists(puller.Layout))
                    Directory.Delete(puller.Layout, recursive: true);
                // What the run before has left unwritten would be written at the expense of this one.
                await new Run("sync").ToEndAsync();
                var cost = await Cost.MeasureAsync(puller);
                puller.CheckLayout(corpus.Size);
                if (run >= 0)
                    taken.Add(cost);
            }
        }
        return [.. pullers.Zip(costs, (puller, taken) => new Costs(puller.Name, taken))];
    }

    private static Puller Crane(Workshop workshop, Corpus corpus, RegistryProcess registry)
    {
        var layout = workshop.PathOf("layout-of-crane");
        var names = corpus.Images.Select(image => $"{registry.Host}/{Repository(image)}@{image.Digest}");
        return new Puller("crane pull", Tools.Require("crane"), ["pull", "--format=oci", .. names, layout], layout);
    }

    /// <summary>It takes one image at a time, so it is started for each.</summary>
    private static Puller Skopeo(Workshop workshop, Corpus corpus, RegistryProcess registry)
    {
        var layout = workshop.PathOf("layout-of-skopeo");
        const string Script = """
            layout=$1; shift
            for image; do
                skopeo --insecure-policy copy --quiet --src-tls-verify=false \
                    "docker://${image%%=*}" "oci:$layout:${image#*=}" || exit
            done
            """;
        var names = corpus.Images.Select(i => $"{registry.Host}/{Repository(i)}@{i.Digest}={i.Name}");
        return new Puller("skopeo copy", "sh", ["-c", Script, "sh", layout, .. names], layout);
    }

    private static string Repository(Corpus.Image image) => image.Name.Split(':')[0];
}
