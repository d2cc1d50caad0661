using InfoMetis.Release.Benchmarks.Bundling;
using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Installing;

/// <summary>
/// What install.sh takes beyond what the runtime itself needs to take the images in, against reading the bundle once to hash it and once to
/// unpack it.
/// </summary>
internal static class Installs
{
    private const int Runs = 3;

    public static async Task<IReport> MeasureAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var corpus = await Corpus.OpenAsync(workshop.PathOf("corpus"), cancellationToken);
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(corpus.Folder));
        var imrel = await BundlingImrel.OpenAsync(workshop, corpus, registry, cancellationToken);
        await imrel.FromRegistry.RunAsync(atLeast: corpus.Size / 2);
        var images = workshop.PathOf("images.tar");
        await Pipeline("unpacking", "zstd -dcq \"$1\" | tar -xOf - images.tar >\"$2\"", imrel.Archive, images)
            .RunAsync(atLeast: corpus.Size / 2);

        var room = Room.For(corpus);
        Dictionary<string, List<Cost>> costs = [];
        for (var run = 0; run < Runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeAsync(Pipeline("openssl dgst -sha256", "openssl dgst -sha256 \"$1\"", imrel.Archive));
            await TakeAsync(Pipeline("zstd -d", "zstd -dcq \"$1\" >/dev/null", imrel.Archive));
            using (var scratch = room.Open())
            using (var containerd = await ContainerdProcess.StartAsync(scratch))
                await TakeAsync(Pipeline("ctr images import, from a file", Import, containerd.Socket, images));
            using (var scratch = room.Open())
            using (var containerd = await ContainerdProcess.StartAsync(scratch))
            {
                await TakeAsync(Install(imrel, scratch, "containerd", containerd.Socket));
                var again = Install(imrel, scratch, "containerd", containerd.Socket);
                await TakeAsync(again with { Name = $"{again.Name}, again" });
            }
            using (var scratch = room.Open())
                await TakeAsync(Install(imrel, scratch, $"layout:{scratch.PathOf("images")}", "/nonexistent"));

            async Task TakeAsync(Contender contender)
            {
                var cost = await contender.RunAsync(atLeast: 0);
                if (!costs.TryGetValue(contender.Name, out var taken))
                    costs[contender.Name] = taken = [];
                taken.Add(cost);
            }
        }
        return new InstallReport(corpus, room.Name, [.. costs.Select(pair => new Costs(pair.Key, pair.Value))]);
    }

    /// <summary>Layers are unpacked as on a node, without a copy of those below them.</summary>
    private const string Import =
        "ctr --address \"$1\" --namespace k8s.io images import --snapshotter overlayfs --platform linux/amd64 \"$2\"";

    private static Contender Pipeline(string name, string script, params IReadOnlyList<string> words) =>
        Contender.OfScript(name, script, words, [], result: null);

    private static Contender Install(BundlingImrel imrel, ScratchFolder scratch, string target, string address) =>
        Pipeline(
            $"install.sh --target {target.Split(':')[0]}",
            """
            export CONTAINERD_SNAPSHOTTER=overlayfs
            exec sh "$1/install.sh" --key "$2" --target "$3" --address "$4" --state "$5"
            """,
            imrel.Folder,
            imrel.PublicKey,
            target,
            address,
            scratch.PathOf("state")
        ) with
        {
            Together = true,
        };
}
