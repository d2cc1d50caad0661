using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>What containerd has is packed still; install.sh has it unpacked, by more than one ctr at once.</summary>
[Collection(Installing.Name)]
public sealed class Images_that_were_taken_in(Installing bundles)
{
    private const int BrokenOff = 130;
    private const int Incomplete = 50;
    private const int Unfit = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash")]
    [InlineData("bash", "--posix")]
    public async Task Are_unpacked_two_at_a_time_where_there_are_two_processors(params string[] shell)
    {
        using var host = new Host { Shell = shell }
            .WithK0s()
            .WithRunningK0s();
        await host.StartContainerdAsync();
        host.Put("nproc", "#!/bin/sh\necho 2\n");
        // Each waits until a second one has begun.
        PutUnpacker(
            host,
            """
            tries=0
            while [ "$(ls "$here"/pids | wc -l)" -lt 2 ]; do
                tries=$((tries + 1))
                [ "$tries" -lt 300 ] || { echo 'nobody else unpacks' >&2; exit 1; }
                sleep 0.1
            done
            """
        );

        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(
            0,
            "unpacking 24 images, 2 at a time",
            "installed and proved: 24 images under 72 names"
        );

        Pids(host).Count.ShouldBe(24);
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Are_unpacked_by_a_ctr_that_always_does_it_and_by_one_at_a_time_where_nobody_counts_processors()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        host.Put("nproc", "#!/bin/sh\nexit 1\n");

        (await host.InstallAsync(bundles, ["--only", "nifi", .. host.IntoContainerd])).ShouldSay(
            0,
            "unpacking 1 images, 1 at a time"
        );
        host.Put(
            "ctr",
            $"""
            #!/bin/sh
            case " $* " in *" images import --help"*) exit 0 ;; *" snapshots unpack "*) exit 1 ;; esac
            exec '{Tools.Require("ctr")}' "$@"

            """
        );
        var ran = await host.InstallAsync(bundles, host.IntoContainerd);

        ran.ShouldSay(0, "installed and proved");
        ran.Error.ShouldNotContain("at a time");
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    /// <summary>Of none at a time nothing would be unpacked.</summary>
    [RootTheory("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("0", 1)]
    [InlineData("-1", 1)]
    [InlineData("", 1)]
    [InlineData("many", 1)]
    [InlineData("99999999999999999999", 4)]
    public async Task Are_unpacked_whatever_the_processors_are_said_to_be(string processors, int atATime)
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        host.Put("nproc", $"#!/bin/sh\necho '{processors}'\n");

        var ran = await host.InstallAsync(bundles, ["--only", "pause,traefik", .. host.IntoContainerd]);

        ran.ShouldSay(0, $"unpacking 2 images, {atATime} at a time", "installed and proved: 2 images");
        ran.Error.ShouldNotContain("install.sh:");
        (await UnpackedAsync(host)).ShouldBe(await host.NamesAsync(), ignoreOrder: true);
    }

    /// <summary>Where the folder for lists lies on the disk that fills up, nobody can write down what failed.</summary>
    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash")]
    public async Task Do_not_count_as_unpacked_when_that_cannot_be_written_down(params string[] shell)
    {
        using var host = await WithLittleRoomForListsAsync(shell);
        PutUnpacker(
            host,
            """
            cat /dev/zero 2>/dev/null >"$TMPDIR/full.$$"
            echo 'ctr: failed to extract layer: no space left on device' >&2
            exit 1
            """
        );

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(
            Incomplete,
            "IMR6204",
            "did not unpack every image",
            "NOT COMPLETE"
        );

        host.Around = [];
        File.Delete(host.Scratch.PathOf("bin", "ctr"));
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to place", " at a time");
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    /// <summary>A ctr that takes nothing in, and a disk that is full when what lacks should be written down.</summary>
    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash")]
    public async Task Do_not_count_as_proved_when_what_lacks_cannot_be_written_down(params string[] shell)
    {
        using var host = await WithLittleRoomForListsAsync(shell);
        host.Put(
            "ctr",
            $"""
            #!/bin/sh
            case " $* " in
                *" images import --help"*) ;;
                *" images import "*) cat >/dev/null; : >"$TMPDIR/imported"; exit 0 ;;
                *" content ls "*) [ ! -f "$TMPDIR/imported" ] || cat /dev/zero 2>/dev/null >"$TMPDIR/full" ;;
            esac
            exec '{Tools.Require("ctr")}' "$@"

            """
        );

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(Unfit, "IMR6001", "NOT PROVED");

        (await host.NamesAsync()).ShouldBeEmpty();
        host.Receipts.ShouldAllBe(file => file.EndsWith(".journal", StringComparison.Ordinal));
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Are_named_when_they_cannot_be_unpacked_and_are_unpacked_by_the_next_run()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        var traefik = Installing.Images.All.Single(image => image.Key.Contains("traefik", StringComparison.Ordinal));
        PutUnpacker(
            host,
            $$"""
            case " $* " in *" {{traefik.Value.Root.Digest}} "*)
                echo 'ctr: failed to extract layer: no space left on device' >&2
                exit 1
            esac
            """
        );

        var ran = await host.InstallAsync(bundles, host.IntoContainerd);

        ran.ShouldSay(
            Incomplete,
            "did not unpack every image: traefik: ctr: failed to extract layer: no space left on device",
            "NOT COMPLETE: do not start what needs these images"
        );
        ran.Error.Split("error ").Length.ShouldBe(2);
        ((string)host.Report["result"]!).ShouldBe("incomplete");
        host.Receipts.ShouldAllBe(file => file.EndsWith(".journal", StringComparison.Ordinal));
        (await UnpackedAsync(host)).ShouldNotContain(traefik.Key);

        File.Delete(host.Scratch.PathOf("bin", "ctr"));
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to place", " at a time");
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to do");
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Do_not_count_as_unpacked_when_who_unpacks_them_is_gone()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        host.Put("nproc", "#!/bin/sh\necho 1\n");
        PutUnpacker(host, "kill -KILL \"$PPID\"");

        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(
            Incomplete,
            "IMR6204",
            "a process ended before its work was done"
        );

        Pids(host).Count.ShouldBe(1);
        File.Delete(host.Scratch.PathOf("bin", "ctr"));
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to place");
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    /// <summary>Only the script is told; what it started must not work on when it says that it is over.</summary>
    [RootTheory("docker-registry", "busybox", "dash", "bash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("TERM", "dash")]
    [InlineData("INT", "dash")]
    [InlineData("INT", "busybox", "ash")]
    [InlineData("INT", "bash", "--posix")]
    public async Task Are_left_alone_when_the_run_is_broken_off(string signal, params string[] shell)
    {
        using var host = new Host { Shell = shell };
        await host.StartContainerdAsync();
        host.Put("nproc", "#!/bin/sh\necho 2\n");
        PutUnpacker(host, "exec sleep 600");
        using var running = host.Script(bundles.Folder, ["--key", bundles.Key, .. host.IntoContainerd]).Start();
        await running.UntilAsync(() => Pids(host).Count == 2, Patience);

        await running.SignalAsync(signal);

        (await running.EndAsync(Patience)).ShouldSay(BrokenOff, "broken off", "run it again");
        Pids(host).ShouldAllBe(process => !Directory.Exists($"/proc/{process}"));
        Pids(host).Count.ShouldBe(2);
        Directory.GetFileSystemEntries(host.Scratch.PathOf("tmp")).ShouldBeEmpty();
        ((string)host.Report["result"]!).ShouldBe("interrupted");

        File.Delete(host.Scratch.PathOf("bin", "ctr"));
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "nothing to place");
        (await UnpackedAsync(host)).ShouldBe(Installing.Images.Names, ignoreOrder: true);
    }

    private static async Task<Host> WithLittleRoomForListsAsync(string[] shell)
    {
        var host = new Host { Shell = shell };
        await host.StartContainerdAsync();
        host.Around = A_machine_with_quirks.InMounts(
            "mount -t tmpfs -o size=12m tmpfs \"$1\"",
            host.Scratch.PathOf("tmp")
        );
        return host;
    }

    /// <summary>A ctr that does something else first when it is to unpack; each leaves its number.</summary>
    private static void PutUnpacker(Host host, string first)
    {
        Directory.CreateDirectory(host.Scratch.PathOf("pids"));
        host.Put(
            "ctr",
            $$"""
            #!/bin/sh
            here='{{host.Scratch.Folder}}'
            unpack_first() {
            : >"$here/pids/$$"
            {{first}}
            }
            case " $* " in *" snapshots unpack "*) unpack_first "$@" ;; esac
            exec '{{Tools.Require("ctr")}}' "$@"

            """
        );
    }

    private static IReadOnlyList<string> Pids(Host host) =>
        [.. Directory.GetFiles(host.Scratch.PathOf("pids")).Select(file => Path.GetFileName(file))];

    /// <summary>The names of the images that can be run without anything more to do; `--quiet` names others too.</summary>
    private static async Task<IReadOnlyList<string>> UnpackedAsync(Host host) =>
        [
            .. (await host.Containerd.CheckAsync())
                .Output.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns is [.., "true"])
                .Select(columns => columns[0]),
        ];
}
