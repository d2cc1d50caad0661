using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>A release of some size, a registry, and between them and imrel a line that is not to be relied on.</summary>
public sealed class A_line_that_breaks : IAsyncLifetime, IDisposable
{
    private const int Interrupted = 130;
    private const int Seed = 20250725;
    private const int LayerSize = 5_000_000;
    private const int Layers = 32;

    private static readonly Lazy<MadeImage> Large = new(() =>
    {
        var maker = new ImageMaker(Seed, Dialect.Oci);
        return maker.Image("linux/amd64", [.. Enumerable.Range(0, Layers).Select(_ => maker.Layer(LayerSize))]);
    });

    private readonly Site _site = new();
    private RegistryProcess _registry = null!;

    private static MadeImage Image => Large.Value;

    private static long Size => Image.Size();

    public async Task InitializeAsync()
    {
        _registry = await RegistryProcess.StartAsync(new RegistrySetup(_site.Scratch.PathOf("registry")));
        await _registry.PushAsync("team/large", "1.0", Image);
    }

    [ToolFact("docker-registry")]
    public async Task Costs_time_and_little_else()
    {
        await using var proxy = CuttingProxy.Seeded(_registry.Url, Seed, least: 300_000, most: 8_000_000);

        await _site.PullAllAsync(Manifest(proxy));

        _site.Store.ShouldHold([Image]);
        proxy.Cut.ShouldBeGreaterThan(Layers / 4);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.3));
    }

    [ToolFact("docker-registry")]
    public async Task Takes_little_from_a_pull_that_is_killed_fifty_times()
    {
        const int Kills = 50;
        await using var proxy = CuttingProxy.Faithful(_registry.Url);
        var manifest = Manifest(proxy);
        var moments = new Random(Seed);
        var killed = 0;
        for (var run = 0; run < Kills; run++)
        {
            using var pull = _site.Pull(manifest).Start();
            var moment = proxy.Served + moments.NextInt64(2 * Size / Kills);
            var ended = pull.EndAsync(Site.Limit);
            await Task.WhenAny(proxy.ServedAsync(moment), ended);
            killed += pull.HasEnded ? 0 : 1;
            pull.Kill();
            await ended;
            _site.Store.ShouldHoldNoWrongByte();
        }

        await _site.PullAllAsync(manifest);

        _site.Store.ShouldHold([Image]);
        killed.ShouldBeGreaterThan(Kills / 2);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.3), $"{killed} were killed");
    }

    [ToolFact("docker-registry", "timeout")]
    public async Task Leaves_nothing_wrong_at_whatever_millisecond_a_pull_is_killed()
    {
        const int Kills = 20;
        await using var proxy = CuttingProxy.Faithful(_registry.Url);
        var manifest = Manifest(proxy);
        var moments = new Random(Seed);
        for (var run = 0; run < Kills; run++)
        {
            var seconds = $"0.{moments.Next(1000):D3}";
            string[] killed = ["--signal=KILL", seconds, Site.Program];
            var pull = _site.Pull(manifest);
            await (pull with { Program = "timeout", Arguments = [.. killed, .. pull.Arguments] }).ToEndAsync();
            _site.Store.ShouldHoldNoWrongByte();
        }

        await _site.PullAllAsync(manifest);

        _site.Store.ShouldHold([Image]);
    }

    [ToolFact("docker-registry")]
    public async Task Lets_a_pull_go_at_once_when_Control_C_is_pressed_and_resume_later()
    {
        await using var proxy = CuttingProxy.Faithful(_registry.Url);
        proxy.HoldAt(Size / 2);
        var manifest = Manifest(proxy);
        using var pull = _site.Pull(manifest).Start();
        await proxy.ServedAsync(Size / 2);

        var pressed = TimeProvider.System.GetTimestamp();
        await pull.PressControlCAsync();
        var finished = await pull.EndAsync(Site.Limit);

        var taken = TimeProvider.System.GetElapsedTime(pressed);
        finished.ExitCode.ShouldBe(Interrupted, finished.Error);
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        proxy.Release();
        await _site.PullAllAsync(manifest);
        _site.Store.ShouldHold([Image]);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.1));
    }

    [ToolFact("docker-registry")]
    public async Task Is_used_once_for_each_blob_by_two_pulls_at_a_time()
    {
        await using var proxy = CuttingProxy.Faithful(_registry.Url);
        var manifest = Manifest(proxy);

        await Task.WhenAll(_site.PullAllAsync(manifest), _site.PullAllAsync(manifest));

        _site.Store.ShouldHold([Image]);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.01));
    }

    public Task DisposeAsync()
    {
        _registry.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _site.Dispose();

    private string Manifest(CuttingProxy proxy) => _site.Manifest(proxy.Host, ("team/large", Image));
}
