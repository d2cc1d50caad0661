using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>What must not keep anybody from installing.</summary>
[Collection(Installing.Name)]
public sealed class A_machine_with_quirks(Installing bundles)
{
    private static readonly string[] Bare =
    [
        "awk",
        "cat",
        "chmod",
        "cp",
        "cut",
        "date",
        "dd",
        "df",
        "find",
        "grep",
        "head",
        "id",
        "ls",
        "mkdir",
        "mv",
        "rm",
        "rmdir",
        "sed",
        "sh",
        "sleep",
        "sort",
        "sync",
        "tail",
        "tar",
        "tr",
        "uname",
        "wc",
    ];

    [ToolTheory("docker-registry", "busybox", "dash", "bash", "zstd", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash", "--posix")]
    public async Task Has_paths_with_every_sign_that_a_shell_may_stumble_over(params string[] shell)
    {
        using var host = new Host { Shell = shell };
        using var medium = new Medium(bundles.Folder, "-e 'a\" \\n $(b) * `c`\nd =%s");
        var key = host.Scratch.PathOf("-n 'k\" * $.pub");
        File.Copy(bundles.Key, key);
        var layout = $"layout:{host.Scratch.PathOf("-l 'a\" $b * \\t\nz")}";

        var ran = await host.Script(medium.Folder, "--key", key, "--target", layout).ToEndAsync();
        ran.ShouldSay(0, "installed and proved: 24 images");
        var again = await host.Script(medium.Folder, "--key", key, "--target", layout).ToEndAsync();
        again.ShouldSay(0, "nothing to do");
        ((string)host.Report["target"]!["place"]!).ShouldBe(layout["layout:".Length..]);
        (await host.Script(medium.Folder, "--uninstall", "--yes", "--target", layout).ToEndAsync()).ShouldSay(0);
        Directory.Exists(layout["layout:".Length..]).ShouldBeFalse();

        // From where it lies, and by a path that begins with a dash.
        var here = host.Script("./", "--key", key, "--target", layout) with
        {
            Folder = medium.Folder,
        };
        (await here.ToEndAsync()).ShouldSay(0, "installed and proved");
        var named = host.Script(medium.Folder, "--verify-only", "--key", key, "--", Path.GetFileName(medium.Folder));
        (await (named with { Folder = Path.GetDirectoryName(medium.Folder)! }).ToEndAsync()).ShouldSay(0);
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Reads_from_a_medium_that_cannot_be_written_and_runs_nothing_from_its_temporary_folder()
    {
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        host.Around = InMounts(
            """
            mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && ! touch "$1/x" 2>/dev/null || exit 99
            mount -t tmpfs -o noexec tmpfs "$2" && printf '#!/bin/sh\n' >"$2/x" && chmod +x "$2/x" && ! "$2/x" 2>/dev/null || exit 98
            """,
            medium.Folder,
            host.Scratch.PathOf("tmp")
        );

        var ran = await host.Script(medium.Folder, ["--key", bundles.Key, .. host.IntoLayout]).ToEndAsync();

        ran.ShouldSay(0, "installed and proved: 24 images");
    }

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "unshare", "faketime")]
    [InlineData("1970-01-01 00:00:05")]
    [InlineData("2040-02-03 04:05:06")]
    public async Task Has_a_clock_that_is_wrong(string time)
    {
        using var host = new Host { Around = [Tools.Require("faketime"), "-f", $"@{time}"] };

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "installed and proved: 24 images");
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "nothing to do");

        ((string)host.Report["started"]!).ShouldStartWith(time[..4]);
    }

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare", "gawk", "mawk")]
    [InlineData("busybox")]
    [InlineData("gawk")]
    [InlineData("mawk")]
    public async Task Has_only_small_tools_and_any_awk(string awk)
    {
        using var host = new Host { Shell = ["busybox", "ash"] };
        host.Programs = host.Scratch.PathOf("bin");
        foreach (var tool in Bare)
            File.CreateSymbolicLink(host.Scratch.PathOf("bin", tool), Tools.Require("busybox"));
        File.Delete(host.Scratch.PathOf("bin", "awk"));
        File.CreateSymbolicLink(host.Scratch.PathOf("bin", "awk"), Tools.Require(awk));
        foreach (var tool in new[] { "openssl", "zstd" })
            File.CreateSymbolicLink(host.Scratch.PathOf("bin", tool), Tools.Require(tool));

        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(
            0,
            "installed and proved: 24 images under 72 names"
        );
        (
            await host.InstallAsync(bundles, ["--only", "kafka", "--data-dir", host.Data, "--target", "k0s", "--force"])
        ).ShouldSay(0, "installed and proved: 1 images under 3 names");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "openssl", "unshare")]
    public async Task Lacks_a_program_and_hears_which_one_and_where_it_comes_from()
    {
        using var host = new Host();
        host.Programs = host.Scratch.PathOf("bin");
        string[] all = [.. Bare, "openssl", "zstd"];
        foreach (var tool in all)
            File.CreateSymbolicLink(host.Scratch.PathOf("bin", tool), Tools.Require(tool));

        foreach (var tool in all)
        {
            File.Delete(host.Scratch.PathOf("bin", tool));
            (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(
                40,
                $"error IMR6010 this machine has no '{tool}'",
                "Install the package: Debian",
                "nothing was changed"
            );
            host.Look().ShouldBeEmpty();
            File.CreateSymbolicLink(host.Scratch.PathOf("bin", tool), Tools.Require(tool));
        }
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0, "installed and proved");
    }

    /// <summary>Options of unshare, and a shell that prepares mounts and then runs what follows.</summary>
    internal static string[] InMounts(string prepare, params string[] arguments) =>
        ["--mount", "sh", "-c", $"{prepare}\nshift {arguments.Length}\nexec \"$@\"", "sh", .. arguments];
}
