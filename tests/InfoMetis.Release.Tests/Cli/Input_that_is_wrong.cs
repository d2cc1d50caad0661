using System.Text.RegularExpressions;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>Whatever is given to a command, somebody gets a sentence with a code, and never the inside of the program.</summary>
public sealed partial class Input_that_is_wrong : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each command with the input where {0} stands; {1} is a place to write to.</summary>
    private static readonly string[] Commands =
    [
        "check {0}",
        "check {0} --format json",
        "check {release} --bom {0}",
        "check {release} --deployed {0}",
        "pin {0}",
        "pin {release} --registries {0}",
        "drift {0}",
        "pull {0} --store {1}",
        "pull {release} --store {1} --from oci:{0}",
        "pull {release} --store {1} --from oci-archive:{0}",
        "pull {release} --store {1} --from bundle:{0}",
        "pull {release} --store {0} --offline",
        "bundle {0} --output {1} --allow-unsigned",
        "bundle {release} --output {1} --key {0}",
        "verify {0} --allow-unsigned",
        "verify {0} --key {0}",
        "verify --receipt {0}",
        "reproduce {0} --store {1}",
        "inspect {0}",
        "extract {0} --all --output {1}",
        "serve {0}",
        "serve {0} --tls {0},{0}",
        "push {0} 127.0.0.1:1/site",
        "push {0} 127.0.0.1:1/site:1 --release",
        "store status {0} --store {1}",
        "store verify {0} --store {1}",
        "store prune --keep {0} --store {1}",
        "keygen --output {1} --passphrase-file {0}",
        "sign {0} --key {0}",
        "images {0}",
        "k0s show {0}",
        "k0s list --bom {0}",
        "explain {0}",
        "demo --keep {0}",
    ];

    public static TheoryData<string, string> Wrong
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var command in Commands)
            foreach (var input in new[] { "missing", "empty", "noise", "text", "folder", "long" })
                all.Add(command, input);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Is_answered_without_a_stack_trace(string command, string input)
    {
        var words = command
            .Replace("{release}", Imrel.Release, StringComparison.Ordinal)
            .Replace("{0}", Make(input), StringComparison.Ordinal)
            .Replace("{1}", _folder.File("place"), StringComparison.Ordinal)
            .Split(' ');
        // What is no folder of the demo is one it may be done in.
        if (command.StartsWith("demo", StringComparison.Ordinal) && input is "missing" or "folder")
            return;

        var run = Imrel.Run(words);

        run.ExitCode.ShouldNotBe(ExitCode.OwnBug, run.Error);
        Trace().IsMatch(run.Out + run.Error).ShouldBeFalse(run.Out + run.Error);
        if (run.ExitCode is not ExitCode.Sound)
            (run.Out + run.Error).Trim().ShouldNotBeEmpty();
    }

    [Fact]
    public void Is_told_from_a_bug_of_ours_whose_stack_trace_is_shown_only_where_that_is_asked_for()
    {
        var keygen = new[] { "keygen", "--output", _folder.File("key") };

        var bare = Imrel.Run(_ => throw new NotSupportedException("of a test"), keygen);
        var debugged = Imrel.Run(_ => throw new NotSupportedException("of a test"), [.. keygen, "--debug"]);

        bare.ExitCode.ShouldBe(ExitCode.OwnBug);
        bare.Error.ShouldContain("of a test");
        Trace().IsMatch(bare.Error).ShouldBeFalse(bare.Error);
        debugged.ExitCode.ShouldBe(ExitCode.OwnBug);
        Trace().IsMatch(debugged.Error).ShouldBeTrue(debugged.Error);
    }

    private string Make(string input)
    {
        var path = _folder.File(input);
        switch (input)
        {
            case "missing":
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "long":
                path = _folder.File(new string('a', 5000));
                break;
            case "noise":
                var noise = new byte[5000];
                new Random(1).NextBytes(noise);
                File.WriteAllBytes(path, noise);
                break;
            default:
                File.WriteAllText(path, input == "text" ? "name: [a\n" : "");
                break;
        }
        return path;
    }

    [GeneratedRegex(@"^\s+at \w+(\.\w+)*[.(<]", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Trace();
}
