using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

[Collection(Installing.Name)]
public sealed class What_an_install_says(Installing bundles)
{
    private const string Escape = "\u001b";

    [ToolTheory("docker-registry", "busybox", "dash", "bash", "zstd", "unshare")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash", "--posix")]
    public async Task Is_its_help_when_it_is_asked_for(params string[] shell)
    {
        var script = Path.Combine(bundles.Folder, "install.sh");
        var help = await new Run(shell[0], [.. shell[1..], script, "--help"]).ToEndAsync();

        help.ExitCode.ShouldBe(0, help.Error);
        help.Error.ShouldBe("");
        var approved = RepositoryRoot.PathOf(
            "tests",
            "InfoMetis.Release.EndToEnd",
            "Install",
            "What_an_install_says.Is_its_help_when_it_is_asked_for.verified.txt"
        );
        help.Output.ShouldBe(await File.ReadAllTextAsync(approved));
        foreach (var line in help.Output.Split('\n'))
            line.Length.ShouldBeLessThanOrEqualTo(140, line);
    }

    [ToolTheory("docker-registry", "busybox", "dash", "zstd", "unshare")]
    [InlineData("--unheard-of", "unknown option '--unheard-of'")]
    [InlineData("-x", "unknown option '-x'")]
    [InlineData("--key", "--key needs a value")]
    [InlineData("--key=", "--key needs a value")]
    [InlineData("--target=podman:", "unknown target 'podman:'")]
    [InlineData("--target=layout:", "unknown target 'layout:'")]
    [InlineData("a b", "one folder, not 2")]
    [InlineData("--status --uninstall", "--status and --uninstall contradict each other")]
    [InlineData("--only=a --stack=b", "--only and --stack contradict each other")]
    [InlineData("--container=-a", "'-a' is no name of a container")]
    [InlineData("--namespace=a/b", "'a/b' is no namespace")]
    [InlineData("--stack=../b", "'../b' is no name of a stack")]
    public async Task Is_what_was_wrong_with_the_command_line(string arguments, string words)
    {
        using var host = new Host();
        var ran = await host.Script(
                bundles.Folder,
                arguments.Replace("a b", "-- a b", StringComparison.Ordinal).Split(' ')
            )
            .ToEndAsync();

        ran.ShouldBe(new Finished(2, "", $"install.sh: {words}{Rest(ran.Error)}"));
        ran.Error.ShouldEndWith("\nsee: sh install.sh --help\n");
        host.Look().ShouldBeEmpty();
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Is_one_line_or_all_of_it_and_goes_into_a_log_too()
    {
        using var host = new Host();
        var log = host.Scratch.PathOf("log");

        var quiet = await host.InstallAsync(bundles, ["--quiet", .. host.IntoLayout]);
        quiet.ShouldSay(0).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        quiet.Error.ShouldStartWith("installed and proved: 24 images");

        var verbose = await host.InstallAsync(bundles, ["--verbose", "--log", log, .. host.IntoLayout]);
        verbose.ShouldSay(0, "good: inventory.json", "nothing to do");
        var lines = await File.ReadAllLinesAsync(log);
        lines.ShouldAllBe(line => System.Text.RegularExpressions.Regex.IsMatch(line, "^[0-9]{4}-[0-9T:-]+Z "));
        lines
            .Select(line => line[(line.IndexOf(' ') + 1)..])
            .ShouldBe(verbose.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        (await host.InstallAsync(bundles, ["--log", "/nowhere/log", .. host.IntoLayout])).ShouldSay(40, "IMR6005");
        (await host.InstallAsync(bundles, ["--report", "/nowhere/report", .. host.IntoLayout])).ShouldSay(
            40,
            "IMR6005"
        );
    }

    /// <summary>Neither colours nor a line that is written over, where nobody looks on.</summary>
    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Is_plain_where_there_is_no_terminal_and_colourful_only_where_colours_are_welcome()
    {
        using var host = new Host();
        using var medium = new Medium(bundles.Folder);
        await File.WriteAllTextAsync(medium.PathOf($"{Escape}[2Jextra"), "");
        string[] bad = ["--key", bundles.Key, .. host.IntoLayout, medium.Folder];

        (await host.Script(bundles.Folder, bad).ToEndAsync())
            .ShouldSay(30, "'?[2Jextra'")
            .Error.ShouldNotContain(Escape);

        host.Variables["TERM"] = "xterm";
        (await OnTerminalAsync(host, bad)).ShouldContain($"{Escape}[31merror IMR5105");
        host.Variables["NO_COLOR"] = "1";
        (await OnTerminalAsync(host, bad)).ShouldNotContain($"{Escape}[31m");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Is_written_into_a_report_whatever_came_of_it()
    {
        using var host = new Host();
        (await host.InstallAsync(bundles, ["--dry-run", .. host.IntoLayout])).ShouldSay(0, "would put 24 images");
        Report(host, "dry-run", "complete", 0);
        Directory.Exists(host.State).ShouldBeFalse();
        (await host.InstallAsync(bundles, "--verify-only")).ShouldSay(0, "the bundle is what was released");
        Report(host, "verify-only", "complete", 0);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoLayout])).ShouldSay(50, "IMR6206");
        Report(host, "status", "refused", 50)["findings"]![0]!["code"]!.ToString().ShouldBe("IMR6206");
        (await host.InstallAsync(bundles, host.IntoLayout)).ShouldSay(0);
        var report = Report(host, "install", "complete", 0);
        var receipt = JsonNode.Parse(await File.ReadAllTextAsync(host.Receipts.Single()))!;
        // It is written a little later.
        report["ended"] = receipt["ended"]!.DeepClone();
        JsonNode.DeepEquals(report, receipt).ShouldBeTrue();
        (await host.InstallAsync(bundles, ["--uninstall", .. host.IntoLayout])).ShouldSay(2, "say --yes");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoLayout])).ShouldSay(0);
        Report(host, "uninstall", "complete", 0);
    }

    private static string Rest(string error) =>
        error.StartsWith("install.sh: unknown target", StringComparison.Ordinal)
            ? error[error.IndexOf("': auto", StringComparison.Ordinal)..][1..]
            : error[error.IndexOf('\n', StringComparison.Ordinal)..];

    private static JsonNode Report(Host host, string command, string result, int exitCode)
    {
        var report = host.Report;
        ((string)report["command"]!).ShouldBe(command);
        ((string)report["result"]!).ShouldBe(result);
        ((int)report["exitCode"]!).ShouldBe(exitCode);
        return report;
    }

    /// <summary>All that a terminal was sent.</summary>
    private async Task<string> OnTerminalAsync(Host host, string[] arguments)
    {
        var run = host.Script(bundles.Folder, arguments);
        var command = string.Join(' ', run.Arguments.Prepend("unshare").Select(word => $"'{word}'"));
        var ran = await (run with { Program = "script", Arguments = ["-qec", command, "/dev/null"] }).ToEndAsync();
        return ran.Output + ran.Error;
    }
}
