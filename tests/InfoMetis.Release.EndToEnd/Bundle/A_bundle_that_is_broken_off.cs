using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;

namespace InfoMetis.Release.EndToEnd.Bundle;

public sealed class A_bundle_that_is_broken_off(LargePlatform release) : IClassFixture<LargePlatform>
{
    private const int Interrupted = 130;
    private const int Killed = 137;

    private BundleSite Site => release.Site;

    [ToolFact("docker-registry", "busybox", "timeout")]
    public async Task Is_complete_and_sound_or_not_there_whenever_it_is_killed()
    {
        const int Kills = 16;
        var (cold, whole) = await TimeAsync("whole");
        var (warm, _) = await TimeAsync("again");
        var (killed, moments) = (0, new Random(20250725));
        for (var run = 0; run < Kills; run++)
        {
            // By turns from an empty store and from what is there; the moments are spread over all of the time it takes.
            var isCold = run % 2 == 0;
            if (isCold)
                release.ForgetStore();
            var span = isCold ? cold : warm;
            var after = span * (run / 2 + moments.NextDouble()) / (Kills / 2);
            killed += await KilledAsync(after) ? 1 : 0;
            await ShouldBeSoundOrNothingAsync();
        }
        killed.ShouldBeGreaterThan(Kills / 4);

        var rerun = await Site.BundleAsync("out");

        Made.Of(rerun).ShouldBe(Made.Of(whole));
        Directory.GetFileSystemEntries(release.Output).ShouldBe([rerun]);
        await Site.ShouldBeSoundAsync(rerun);
    }

    [ToolTheory("docker-registry", "busybox")]
    [InlineData("INT", "*.tar.zst.0")]
    [InlineData("TERM", "*.tar.zst.0")]
    [InlineData("INT", "SHA256SUMS")]
    public async Task Is_not_there_soon_after_a_signal_that_came_once_a_file_of_it_was(string signal, string begun)
    {
        const int Attempts = 5;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await InterruptedAsync(signal, begun))
                return;
        }
        // Between the list and the name of the bundle there are only moments.
        begun.ShouldBe("SHA256SUMS", $"{Attempts} times the bundle was there before the signal");
    }

    [ToolFact("docker-registry", "busybox")]
    public async Task Is_made_by_one_of_two_who_try_at_a_time()
    {
        var both = await Task.WhenAll(Site.Bundle("both").ToEndAsync(), Site.Bundle("both").ToEndAsync());

        both.Count(one => one.ExitCode == 0).ShouldBe(1, string.Concat(both.Select(one => one.Error)));
        Directory.GetFileSystemEntries(Site.Scratch.PathOf("both")).Length.ShouldBe(1);
        await Site.ShouldBeSoundAsync(Site.Scratch.PathOf("both", BundleSite.Name));
    }

    /// <summary>The signal comes as soon as there is such a file; too late to matter, the bundle is there.</summary>
    private async Task<bool> InterruptedAsync(string signal, string begun)
    {
        var partial = Path.Combine(release.Output, $".{BundleSite.Name}.partial");
        using var bundle = ListeningToKeys(Site.Bundle("out")).Start();
        await UntilAsync(() => bundle.HasEnded || IsThere(partial, begun));
        var sent = TimeProvider.System.GetTimestamp();
        await bundle.SignalAsync(signal);
        var finished = await bundle.EndAsync(Pull.Site.Limit);

        TimeProvider.System.GetElapsedTime(sent).ShouldBeLessThan(TimeSpan.FromSeconds(3));
        finished.ExitCode.ShouldBeOneOf([0, Interrupted], finished.Error);
        Made.LooksFinished(release.Output).Count.ShouldBe(finished.ExitCode == 0 ? 1 : 0);
        await ShouldBeSoundOrNothingAsync();
        Directory.GetFileSystemEntries(release.Output).ShouldBeEmpty();
        return finished.ExitCode == Interrupted;
    }

    private async Task<(TimeSpan Taken, string Folder)> TimeAsync(string output)
    {
        var start = TimeProvider.System.GetTimestamp();
        var folder = await Site.BundleAsync(output);
        return (TimeProvider.System.GetElapsedTime(start), folder);
    }

    private async Task<bool> KilledAsync(TimeSpan after)
    {
        var bundle = Site.Bundle("out");
        string[] kill = ["--signal=KILL", $"{after.TotalSeconds:F3}", bundle.Program];
        var ended = await (
            bundle with
            {
                Program = "timeout",
                Arguments = [.. kill, .. bundle.Arguments],
            }
        ).ToEndAsync();
        ended.ExitCode.ShouldBeOneOf([0, Killed], ended.Error);
        return ended.ExitCode == Killed;
    }

    /// <summary>And makes place for the next, where it is there.</summary>
    private async Task ShouldBeSoundOrNothingAsync()
    {
        foreach (var folder in Made.LooksFinished(release.Output))
        {
            folder.ShouldEndWith(BundleSite.Name);
            await Site.ShouldBeSoundAsync(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsThere(string folder, string file)
    {
        try
        {
            return Directory.GetFiles(folder, file).Length > 0;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var bound = new CancellationTokenSource(Pull.Site.Limit);
        while (!holds())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A shell that puts these tests into the background makes them, and all they start, deaf to Ctrl-C.</summary>
    private static Run ListeningToKeys(Run run) =>
        run with
        {
            Program = "env",
            Arguments = ["--default-signal=INT", run.Program, .. run.Arguments],
        };
}
