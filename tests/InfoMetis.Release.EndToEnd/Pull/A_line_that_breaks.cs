using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>A release of some size, a registry, and between them and imrel a line that is not to be relied on.</summary>
public sealed class A_line_that_breaks(LargeRelease release) : IClassFixture<LargeRelease>, IDisposable
{
    private const int Interrupted = 130;

    private readonly Site _site = new();

    private MadeImage Image => release.Image;

    private long Size => Image.Size();

    [ToolFact("docker-registry")]
    public async Task Costs_time_and_little_else()
    {
        await using var proxy = CuttingProxy.Seeded(release.Url, LargeRelease.Seed, least: 300_000, most: 8_000_000);

        await _site.PullAllAsync(Manifest(proxy));

        _site.Store.ShouldHold([Image]);
        proxy.Cut.ShouldBeGreaterThan(LargeRelease.Layers / 4);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.3));
    }

    [ToolFact("docker-registry")]
    public async Task Takes_little_from_a_pull_that_is_killed_fifty_times()
    {
        const int Kills = 50;
        await using var proxy = CuttingProxy.Faithful(release.Url);
        var manifest = Manifest(proxy);
        var moments = new Random(LargeRelease.Seed);
        var killed = 0;
        for (var run = 0; run < Kills; run++)
        {
            using var pull = _site.Pull(manifest).Start();
            var moment = proxy.Served + moments.NextInt64(3 * Size / 2 / Kills);
            var ended = pull.EndAsync(Site.Limit);
            await Task.WhenAny(proxy.ServedAsync(moment), ended);
            killed += pull.HasEnded ? 0 : 1;
            pull.Kill();
            await ended;
        }
        _site.Store.ShouldHoldNoWrongByte();

        await _site.PullAllAsync(manifest);

        _site.Store.ShouldHold([Image]);
        killed.ShouldBeGreaterThan(Kills * 3 / 4);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.3), $"{killed} were killed");
    }

    [ToolFact("docker-registry", "timeout")]
    public async Task Leaves_nothing_wrong_at_whatever_millisecond_a_pull_is_killed()
    {
        const int Kills = 20;
        await using var proxy = CuttingProxy.Faithful(release.Url);
        var manifest = Manifest(proxy);
        var moments = new Random(LargeRelease.Seed);
        for (var run = 0; run < Kills; run++)
        {
            var seconds = $"0.{moments.Next(1000):D3}";
            string[] killed = ["--signal=KILL", seconds, ImrelProgram.File];
            var pull = _site.Pull(manifest);
            await (pull with { Program = "timeout", Arguments = [.. killed, .. pull.Arguments] }).ToEndAsync();
        }
        _site.Store.ShouldHoldNoWrongByte();

        await _site.PullAllAsync(manifest);

        _site.Store.ShouldHold([Image]);
    }

    [ToolFact("docker-registry")]
    public async Task Lets_a_pull_go_at_once_when_Control_C_is_pressed_and_resume_later()
    {
        await using var proxy = CuttingProxy.Faithful(release.Url);
        proxy.HoldAt(Size / 2);
        var manifest = Manifest(proxy);
        using var pull = ListeningToKeys(_site.Pull(manifest)).Start();
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
        await using var proxy = CuttingProxy.Faithful(release.Url);
        var manifest = Manifest(proxy);

        await Task.WhenAll(_site.PullAllAsync(manifest), _site.PullAllAsync(manifest));

        _site.Store.ShouldHold([Image]);
        proxy.Served.ShouldBeLessThan((long)(Size * 1.01));
    }

    [ToolFact("docker-registry", "script")]
    public async Task Is_watched_blob_by_blob_on_a_terminal()
    {
        var pull = _site.Pull(_site.Manifest(release.Url.Authority, (LargeRelease.Repository, Image)));
        var command = string.Join(' ', new[] { ImrelProgram.File }.Concat(pull.Arguments).Select(one => $"'{one}'"));

        var shown = await (pull with { Program = "script", Arguments = ["-qec", command, "/dev/null"] }).ToEndAsync();

        shown.ExitCode.ShouldBe(0, shown.Output);
        shown.Output.ShouldMatch("large [0-9a-f]{12} .*% .* of 5.. MB");
        shown.Output.ShouldMatch($"all .*% .* of {Size / 1e6:0} MB");
    }

    public void Dispose() => _site.Dispose();

    /// <summary>A shell that puts these tests into the background makes them, and all they start, deaf to Ctrl-C.</summary>
    private static Run ListeningToKeys(Run run) =>
        run with
        {
            Program = "env",
            Arguments = ["--default-signal=INT", run.Program, .. run.Arguments],
        };

    private string Manifest(CuttingProxy proxy) => _site.Manifest(proxy.Host, (LargeRelease.Repository, Image));
}
