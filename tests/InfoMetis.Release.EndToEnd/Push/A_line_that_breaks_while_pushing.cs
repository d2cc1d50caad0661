using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Push;

public sealed class A_line_that_breaks_while_pushing : IDisposable
{
    private const int Seed = 20261121;
    private const int LayerSize = 3_000_000;
    private const int NotAsked = 21;

    private readonly Site _site = new();

    [ToolFact("docker-registry")]
    public async Task Costs_what_was_on_its_way_and_nothing_that_had_arrived()
    {
        var image = await PulledAsync(layers: 16);
        using var target = await RegistryProcess.StartAsync(new RegistrySetup(_site.Scratch.PathOf("target")));
        await using var proxy = CuttingProxy.OfUploads(target.Url, Seed, least: 500_000, most: 8_000_000);
        Finished pushed;
        var runs = 0;

        do pushed = await _site.Imrel("push", _site.Store.Folder, proxy.Host).ToEndAsync();
        while (pushed.ExitCode == NotAsked && ++runs < 10);

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        proxy.Cut.ShouldBeGreaterThan(2);
        using var there = new ReadBack(target.Url, "team/large");
        (await there.ImageAsync(image.Root.Digest.ToString())).Digests().ShouldBe(image.Digests());
    }

    [ToolFact("docker-registry", "timeout")]
    public async Task Takes_nothing_from_a_push_that_is_killed_and_run_again()
    {
        var image = await PulledAsync(layers: 8);
        using var target = await RegistryProcess.StartAsync(new RegistrySetup(_site.Scratch.PathOf("target")));
        var push = _site.Imrel("push", _site.Store.Folder, target.Host, "--jobs", "1");
        foreach (var seconds in new[] { "0.3", "0.5", "0.7" })
        {
            string[] killed = ["--signal=KILL", seconds, push.Program, .. push.Arguments];
            await (push with { Program = "timeout", Arguments = killed }).ToEndAsync();
        }

        var pushed = await push.ToEndAsync();

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        using var there = new ReadBack(target.Url, "team/large");
        (await there.ImageAsync(image.Root.Digest.ToString())).Digests().ShouldBe(image.Digests());
    }

    public void Dispose() => _site.Dispose();

    private async Task<MadeImage> PulledAsync(int layers)
    {
        var maker = new ImageMaker(Seed, Dialect.Oci);
        var image = maker.Image("linux/amd64", [.. Enumerable.Range(0, layers).Select(_ => maker.Layer(LayerSize))]);
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(_site.Scratch.PathOf("source")));
        await registry.PushAsync("team/large", "1.0", image);
        await _site.PullAllAsync(_site.Manifest(registry.Host, ("team/large", image)));
        return image;
    }
}
