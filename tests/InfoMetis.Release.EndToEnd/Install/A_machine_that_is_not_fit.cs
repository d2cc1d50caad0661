using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class A_machine_that_is_not_fit(Installing bundles)
{
    private const int Mismatch = 11;
    private const int Unfit = 40;

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "unshare")]
    // Another minor, older and newer; a newer patch; a newer build; one that says nothing.
    [InlineData("v1.22.17+k0s.0", "another minor release")]
    [InlineData("v1.24.17+k0s.0", "another minor release")]
    [InlineData("v1.23.18+k0s.0", "which is newer than v1.23.17+k0s.1")]
    [InlineData("v1.23.17+k0s.2", "which is newer than v1.23.17+k0s.1")]
    [InlineData("", "does not say which release it is")]
    public async Task Has_another_k0s_and_goes_on_only_by_force(string version, string words)
    {
        using var host = new Host().WithK0s(version);

        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Mismatch, "error IMR2040", words);
        host.Look().ShouldBeEmpty();

        (await host.InstallAsync(bundles, ["--only", "pause", "--force", .. host.IntoK0s])).ShouldSay(
            0,
            "warning IMR2040",
            "installed and proved"
        );
        ((string)host.Report["findings"]![0]!["code"]!).ShouldBe("IMR2040");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task May_have_an_older_patch_of_k0s_and_is_warned()
    {
        using var host = new Host().WithK0s("v1.23.15+k0s.0");

        (await host.InstallAsync(bundles, ["--dry-run", .. host.IntoK0s])).ShouldSay(0, "warning IMR2040", "would put");
        host.Look().ShouldBeEmpty();
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Pins_images_that_the_bundle_does_not_hold()
    {
        using var host = new Host().WithK0s().WithRunningK0s();
        await host.StartContainerdAsync();
        host.Scratch.Write(
            "k0s/k0s.yaml",
            """
            apiVersion: k0s.k0sproject.io/v1beta1
            spec:
              images: # as k0s config create writes it
                konnectivity:
                  image: "registry.example.org/konnectivity"
                  version: v9.9.9
                coredns:
                  version: 9.9.9
                pause:
                  image: registry.k8s.io/pause
                  version: "3.5"
                repository: "registry.example.org"
                default_pull_policy: IfNotPresent
              network: { kuberouter: { autoMTU: true } }

            """
        );
        host.Scratch.Write("k0s/cluster.yaml", "spec:\n  images:\n    metricsserver: {image: a, version: b}\n");

        var ran = await host.InstallAsync(bundles, host.IntoK0s);

        ran.ShouldSay(
            Mismatch,
            "pins spec.images.konnectivity to 'registry.example.org/konnectivity:v9.9.9'",
            "pins spec.images.coredns to 'version 9.9.9'",
            "sets spec.images.repository to 'registry.example.org'",
            "the dynamic configuration (ClusterConfig k0s) pins spec.images.metricsserver to '{image: a, version: b}'"
        );
        ran.Error.ShouldNotContain("spec.images.pause");
        ran.Error.Split("error IMR2041").Length.ShouldBe(5);
        host.Look().ShouldBeEmpty();
        (await host.NamesAsync()).ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Is_no_place_for_these_images()
    {
        using var host = new Host();
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6014", "no program 'k0s'");
        (await host.InstallAsync(bundles, "--data-dir", host.Data, "--address", "/nowhere")).ShouldSay(
            Unfit,
            "IMR6014"
        );
        (await host.InstallAsync(bundles, "--target", "containerd", "--address", "/nowhere")).ShouldSay(
            Unfit,
            "IMR6015"
        );
        host.WithK0s().WithRunningK0s();
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6015");
        host.WithRunningK0s(workloads: "false");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6014", "controller without a worker");
        host.Put("uname", "#!/bin/sh\necho aarch64\n");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6013", "linux/arm64");
        host.Look().ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Lets_only_root_into_k0s_and_anybody_into_his_own_folder()
    {
        // A user that is nobody in here; outside, the folders are his own.
        using var host = new Host { Around = ["--user"] }.WithK0s();

        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6011", "sudo");
        host.Look().ShouldBeEmpty();
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "installed and proved");
    }

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "unshare")]
    [InlineData("data", 0)]
    [InlineData("layout", 0)]
    // Where all images do not fit, two of them may.
    [InlineData("tmp", 1)]
    public async Task Has_too_little_room(string where, int fits)
    {
        using var host = new Host().WithK0s();
        var disk = Directory.CreateDirectory(host.Scratch.PathOf("disk")).FullName;
        host.Around = A_machine_with_quirks.InMounts("mount -t tmpfs -o size=1m tmpfs \"$1\"", disk);
        host.Variables["TMPDIR"] = where == "tmp" ? disk : host.Scratch.PathOf("tmp");
        string[] target = where switch
        {
            "data" => ["--target", "k0s", "--data-dir", Path.Combine(disk, "k0s")],
            "layout" => ["--target", $"layout:{disk}/layout"],
            _ => ["--only", "pause", .. host.IntoK0s],
        };

        var ran = await host.InstallAsync(bundles, target);

        // A temporary folder that is too small is passed over.
        if (fits > 0)
            ran.ShouldSay(0, "installed and proved");
        else
            ran.ShouldSay(Unfit, "IMR6001", "are needed and", "short", "nothing was changed");
        if (fits == 0)
            host.Look().ShouldBeEmpty();
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Has_no_room_for_containerd_and_none_for_a_list()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        host.Around = A_machine_with_quirks.InMounts(
            "mount -t tmpfs tmpfs /var/lib && mkdir /var/lib/containerd && mount -t tmpfs -o size=1m tmpfs /var/lib/containerd"
        );
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(Unfit, "IMR6001", "/var/lib/containerd");
        (await host.NamesAsync()).ShouldBeEmpty();
        host.Look().ShouldBeEmpty();

        host.Around = A_machine_with_quirks.InMounts(
            "for folder in \"$1\" /run /dev/shm /var/tmp; do mount -t tmpfs -o size=64k tmpfs \"$folder\"; done",
            host.Scratch.PathOf("tmp")
        );
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(Unfit, "IMR6001", "TMPDIR");
        host.Look().ShouldBeEmpty();
    }

    /// <summary>What was promised as free is not: df is one that always says so.</summary>
    [RootFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Runs_out_of_room_in_the_middle_and_goes_on_when_there_is_some()
    {
        using var host = new Host().WithK0s();
        Directory.CreateDirectory(host.Data);
        host.Put("df", "#!/bin/sh\necho head\necho disk 999999999 0 999999999 0% /\n");
        var kept = host.Scratch.PathOf("kept");
        host.Around =
        [
            "--mount",
            "sh",
            "-c",
            """
                disk=$1 kept=$2; shift 2
                mount -t tmpfs -o size=1m tmpfs "$disk" || exit 99
                "$@"; code=$?
                find "$disk" -type f >"$kept"; exit $code
                """,
            "sh",
            host.Data,
            kept,
        ];

        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(
            Unfit,
            "IMR6004",
            "No space left",
            "images are not installed"
        );

        (await File.ReadAllTextAsync(kept)).ShouldBe("");
        host.Around = [];
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved");
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Has_a_folder_of_images_that_nothing_can_be_moved_into()
    {
        using var host = new Host().WithK0s();
        Directory.CreateDirectory(host.Images);
        host.Around = A_machine_with_quirks.InMounts("mount -t tmpfs tmpfs \"$1\"", host.Images);

        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(Unfit, "IMR6004", "a file system of its own");
        host.Placed.ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Has_something_else_where_the_layout_should_be()
    {
        using var host = new Host();
        host.Scratch.Write("layout/mine", "mine");
        var before = host.Look();
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(Unfit, "IMR6006", "holds something else");
        host.Look().Where(file => file.Contains("layout/", StringComparison.Ordinal)).ShouldBe(before);

        (await host.InstallAsync(bundles, "--target", $"layout:{host.Scratch.PathOf("layout", "mine")}")).ShouldSay(
            Unfit,
            "IMR6006"
        );
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare", "mkfifo")]
    public async Task Runs_another_install_already()
    {
        using var host = new Host();
        var gate = host.Scratch.PathOf("gate");
        (await new Run("mkfifo", gate).ToEndAsync()).ExitCode.ShouldBe(0);
        host.Put("zstd", $"#!/bin/sh\nread -r go <'{gate}'\nexec '{Tools.Require("zstd")}' \"$@\"\n");
        using var first = host.Script(bundles.Folder, ["--key", bundles.Key, .. host.IntoLayout]).Start();
        await first.LineAsync(said => said.StartsWith("unpacking", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(
            Unfit,
            "IMR6012",
            "another install runs",
            "process"
        );

        await File.WriteAllTextAsync(gate, "go\n");
        var ended = await first.EndAsync(TimeSpan.FromMinutes(1));
        ended.ShouldSay(0, "installed and proved");
    }

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "unshare")]
    // A process that is no more; one that is, and is no install; and none that was written down.
    [InlineData("999999999")]
    [InlineData("1")]
    [InlineData("")]
    public async Task Has_the_lock_of_an_install_that_was_killed(string process)
    {
        using var host = new Host();
        host.Scratch.Write("state/lock/pid", process);

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "installed and proved");
        Directory.Exists(Path.Combine(host.State, "lock")).ShouldBeFalse();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Has_a_newer_release()
    {
        using var host = new Host();
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0);
        var receipt = await File.ReadAllTextAsync(host.Receipts.Single());
        var newer = receipt.Replace("\"version\": \"0.5.0\"", "\"version\": \"0.10.0\"", StringComparison.Ordinal);
        host.Scratch.Write("state/receipts/0.10.0-layout-001.json", newer);

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(Mismatch, "IMR2042", "0.10.0 is installed here");
        (await host.InstallAsync(bundles, ["--force", .. host.IntoLayout])).ShouldSay(0, "warning IMR2042");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Says_all_that_is_wrong_with_it_and_with_the_bundle_at_once()
    {
        using var host = new Host { Around = ["--user"] }.WithK0s("v1.24.1+k0s.0");
        using var medium = new Medium(bundles.Folder);
        medium.Flip(Medium.Archive);
        host.Put("uname", "#!/bin/sh\necho s390x\n");

        string[] arguments = ["--key", bundles.Key, .. host.IntoK0s, medium.Folder];
        (await host.Script(bundles.Folder, arguments).ToEndAsync()).ShouldSay(
            Unfit,
            "IMR2040",
            "IMR6011",
            "IMR6013",
            "IMR5104"
        );
        ((string)host.Report["result"]!).ShouldBe("refused");
        ((int)host.Report["exitCode"]!).ShouldBe(Unfit);
    }
}
