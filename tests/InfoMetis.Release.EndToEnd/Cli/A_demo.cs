using System.Text;
using System.Text.RegularExpressions;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Cli;

/// <summary><c>imrel demo</c> as somebody sees it who has just cloned this: only this machine, no network but its own.</summary>
public sealed partial class A_demo : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [RootFact("unshare", "ip", "openssl", "zstd")]
    public async Task Does_the_main_job_where_there_is_no_network_and_leaves_nothing()
    {
        // From source, as after a clone; the published file does it on a bare host. What the first start leaves is the build's.
        var imrel = RepositoryRoot.PathOf("imrel");
        await new Run(imrel, "--version").ToEndAsync();
        var run = await AloneAsync($"'{imrel}' demo");

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain("24 pinned, 0 unchanged, 0 failed");
        run.Output.ShouldContain(": sound (0 errors, ");
        run.Output.ShouldContain("is complete and verified");
        run.Output.ShouldContain("24 images, each complete under every form of its name");
        run.Output.ShouldContain("installed and proved: 24 images under 72 names");
        run.Output.ShouldNotContain('\u001b');
        Directory.EnumerateFileSystemEntries(_scratch.Folder).ShouldBeEmpty();
    }

    [RootFact("unshare", "ip", "openssl", "zstd")]
    public async Task Shows_commands_that_do_the_same_when_they_are_pasted()
    {
        var kept = _scratch.PathOf("kept");
        var demo = await AloneAsync($"'{ImrelProgram.File}' demo --full --keep '{kept}'");
        demo.ExitCode.ShouldBe(0, demo.Output + demo.Error);
        TableLine().Count(demo.Output).ShouldBeGreaterThan(120);
        TableLine().Matches(demo.Output).ShouldAllBe(line => line.Length <= 80);
        var commands = Command().Matches(demo.Output).Select(match => match.Groups["line"].Value).ToList();
        commands[0].ShouldBe($"cd '{kept}'");
        commands[1].ShouldStartWith("imrel serve registry --listen 127.0.0.1:");
        var shown = commands
            .TakeWhile(line => !line.Contains("releases/v0.5.0.yaml", StringComparison.Ordinal))
            .ToList();
        shown.Count.ShouldBeGreaterThan(12);

        // All over again, beside what is there: only what the demo was given stays.
        foreach (var made in (string[])["store", "bundle", "parts", "site"])
            Directory.Delete(Path.Combine(kept, made), recursive: true);
        foreach (var key in Directory.GetFiles(kept, "*.key").Concat(Directory.GetFiles(kept, "*.pub")))
            File.Delete(key);
        Directory.CreateDirectory(Path.Combine(kept, "site"));
        var script = new StringBuilder($"PATH='{ImrelProgram.Folder}':$PATH\nset -e\n");
        foreach (var line in shown)
            script.Append(AsTyped(line));
        var pasted = await AloneAsync($". '{_scratch.Write("pasted.sh", script.ToString())}'");

        pasted.ExitCode.ShouldBe(0, pasted.Output + pasted.Error);
        pasted.Output.ShouldContain("is complete and verified");
        pasted.Error.ShouldContain("installed and proved: 24 images under 72 names");
    }

    [RootFact("unshare", "ip", "openssl", "zstd", "containerd", "ctr", "runc")]
    public async Task Installs_into_the_containerd_of_the_machine_and_takes_all_of_it_out_again()
    {
        using var containerd = await ContainerdProcess.StartAsync(_scratch);
        Dictionary<string, string?> variables = new()
        {
            ["CONTAINERD_ADDRESS"] = containerd.Socket,
            ["CONTAINERD_SNAPSHOTTER"] = "native",
            ["TMPDIR"] = Directory.CreateDirectory(_scratch.PathOf("temporary")).FullName,
        };

        var run = await new Run(ImrelProgram.File, "demo") { Limit = Patience, Variables = variables }.ToEndAsync();

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        run.Output.ShouldContain("24 images under 72 names in containerd");
        run.Output.ShouldContain("docker.io/library/busybox:1.35 for linux/amd64, from a demo of imrel");
        run.Output.ShouldContain("was removed from containerd");
        (await containerd.CtrAsync("--namespace", "imrel-demo", "images", "list", "--quiet")).Output.ShouldBe("");
    }

    [Fact]
    public async Task Keeps_off_a_folder_that_holds_something()
    {
        _scratch.Write("mine.txt", "mine");

        var run = await new Run(ImrelProgram.File, "demo", "--keep", _scratch.Folder).ToEndAsync();

        run.ExitCode.ShouldBe(40, run.Output + run.Error);
        run.Error.ShouldContain("IMR6006");
        Directory.GetFileSystemEntries(_scratch.Folder).Length.ShouldBe(1);
    }

    /// <summary>The registry goes on while the rest is typed, and steps that show a refusal end with what was said they would.</summary>
    private static string AsTyped(string line) =>
        line.StartsWith("imrel serve", StringComparison.Ordinal)
            ? $"{line} >serving.txt 2>&1 &\nserver=$!; trap 'kill $server' EXIT\nuntil grep -q serving serving.txt; do :; done\n"
        : line.StartsWith("imrel verify parts", StringComparison.Ordinal) ? $"{line} && exit 1 || [ $? -eq 30 ]\n"
        : line.Contains("--key other.pub", StringComparison.Ordinal) ? $"{line} && exit 1 || [ $? -eq 31 ]\n"
        : line + "\n";

    /// <summary>In a network that has nothing but this machine itself.</summary>
    private Task<Finished> AloneAsync(string command) =>
        new Run("unshare", "--net", "sh", "-c", $"ip link set lo up && {command}")
        {
            Limit = Patience,
            Variables = new Dictionary<string, string?> { ["TMPDIR"] = _scratch.Folder },
        }.ToEndAsync();

    /// <summary>Words with wide gaps between them; not what stands under another line.</summary>
    [GeneratedRegex(@"^[A-Za-z]\S*(?: \S+)*  +\S.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^ *\$ (?<line>.+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
