using System.Diagnostics;
using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class An_install_that_is_broken_off(Installing bundles)
{
    private const int BrokenOff = 130;
    private const int Kills = 30;
    private const int KillsInARow = 6;
    private const int Seed = 20261121;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The whole group of processes, as when the power fails; what was left lies there for the next one. Whatever then is in the folder
    /// that k0s imports is whole.
    /// </summary>
    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare", "setsid")]
    public async Task Leaves_nothing_half_done_wherever_it_is_killed_and_goes_on_when_it_is_run_again()
    {
        using var host = new Host { Around = [Tools.Require("setsid")] }.WithK0s();
        await host.StartContainerdAsync();
        var clock = Stopwatch.StartNew();
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0);
        var whole = clock.Elapsed;
        var image = Hash(host.Placed.Single());
        var random = new Random(Seed);

        for (var row = 0; row < Kills / KillsInARow; row++)
        {
            (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(0);
            host.Placed.ShouldBeEmpty();
            // The later ones run into a k0s that runs.
            if (row == Kills / KillsInARow - 1)
                host.WithRunningK0s();
            for (var kill = 0; kill < KillsInARow; kill++)
            {
                using var running = host.Script(bundles.Folder, ["--key", bundles.Key, .. host.IntoK0s]).Start();
                await Task.Delay(whole * random.NextDouble());
                await new Run("kill", "-KILL", "--", $"-{running.Id}").ToEndAsync();
                running.Kill();
                await running.EndAsync(Patience);
                foreach (var file in host.Placed)
                    Hash(file).ShouldBe(image);
            }

            (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0);
            Hash(host.Placed.Single()).ShouldBe(image);
            Directory.GetFileSystemEntries(host.Data, "*.partial").ShouldBeEmpty();
            Directory.GetFileSystemEntries(host.Data, ".*").ShouldBeEmpty();
            Directory.GetFileSystemEntries(host.Scratch.PathOf("tmp")).ShouldBeEmpty();
            Directory.GetFiles(Path.Combine(host.State, "receipts"), "*.journal").ShouldBeEmpty();
        }
        (await host.NamesAsync()).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoK0s])).ShouldSay(0, "is as it was installed");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(0);
        (await host.NamesAsync()).ShouldBeEmpty();
    }

    /// <summary>Whoever presses Ctrl-C sends the signal to all that runs.</summary>
    [ToolTheory("docker-registry", "busybox", "dash", "bash", "zstd", "unshare", "setsid", "mkfifo")]
    [InlineData("INT", "dash")]
    [InlineData("TERM", "dash")]
    [InlineData("HUP", "dash")]
    [InlineData("INT", "busybox", "ash")]
    [InlineData("INT", "bash", "--posix")]
    public async Task Says_so_and_takes_its_traces_away(string signal, params string[] shell)
    {
        using var host = new Host { Around = [Tools.Require("setsid")], Shell = shell }.WithK0s();
        var gate = host.Scratch.PathOf("gate");
        (await new Run("mkfifo", gate).ToEndAsync()).ExitCode.ShouldBe(0);
        var reached = host.Scratch.PathOf("reached");
        host.Put("zstd", $"#!/bin/sh\n: >'{reached}'\nread -r go <'{gate}'\n");
        using var running = host.Script(bundles.Folder, ["--key", bundles.Key, .. host.IntoK0s]).Start();
        await running.UntilAsync(() => File.Exists(reached), Patience);

        await new Run("kill", $"-{signal}", "--", $"-{running.Id}").ToEndAsync();

        var ended = await running.EndAsync(Patience);
        ended.ShouldSay(BrokenOff, "broken off", "run it again");
        host.Placed.ShouldBeEmpty();
        Directory.GetFileSystemEntries(host.Data, "*.partial").ShouldBeEmpty();
        Directory.GetFileSystemEntries(host.Data, ".*").ShouldBeEmpty();
        Directory.GetFileSystemEntries(host.Scratch.PathOf("tmp")).ShouldBeEmpty();
        Directory.Exists(Path.Combine(host.State, "lock")).ShouldBeFalse();
        ((string)host.Report["result"]!).ShouldBe("interrupted");
        ((int)host.Report["exitCode"]!).ShouldBe(BrokenOff);
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task By_a_containerd_that_dies_is_done_when_it_is_run_again()
    {
        using var host = new Host();
        var containerd = await host.StartContainerdAsync();
        host.Put(
            "ctr",
            $"""
            #!/bin/sh
            case " $* " in *" images import "*" - "*) kill -9 {containerd.Id} ;; esac
            exec '{Tools.Require("ctr")}' "$@"

            """
        );

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(50, "IMR6204", "run this again");

        containerd.Dispose();
        host.Put("ctr", $"#!/bin/sh\nexec '{Tools.Require("ctr")}' \"$@\"\n");
        await host.StartContainerdAsync();
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "installed and proved");
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
