using System.Text;
using System.Text.RegularExpressions;
using InfoMetis.Release.Messages;
using Shouldly;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>docs/commands.md is what the parser says of itself.</summary>
public sealed partial class The_reference_of_commands
{
    private const string Head = """
        # Commands

        What `imrel COMMAND --help` prints, for every command. This page is made from the parser: where a test finds that it
        differs, it leaves the right one in `artifacts/commands.md`.


        """;

    [Fact]
    public void Says_what_the_help_says()
    {
        var page = new StringBuilder(Head);
        Describe([], page);
        var (reference, received) = (
            Repository.PathTo("docs", "commands.md"),
            Repository.PathTo("artifacts", "commands.md")
        );
        var approved = File.Exists(reference) ? File.ReadAllText(reference) : "";
        if (page.ToString() != approved)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(received)!);
            File.WriteAllText(received, page.ToString());
        }
        page.ToString().ShouldBe(approved, $"look at {received} and put it in its place");
    }

    private static void Describe(string[] command, StringBuilder page)
    {
        var run = Imrel.Run([.. command, "--help"]);
        run.ExitCode.ShouldBe(ExitCode.Sound);
        page.Append('#', command.Length + 1 + (command.Length > 0 ? 0 : 1)).Append(' ');
        page.Append(string.Join(' ', command.Prepend("imrel"))).Append("\n\n```\n");
        page.Append(run.Out.TrimEnd('\n')).Append("\n```\n\n");
        foreach (var name in Subcommands(run.Out))
            Describe([.. command, name], page);
    }

    private static IEnumerable<string> Subcommands(string help) =>
        help.Split("\nCommands:\n") is [_, var rest]
            ? rest.Split("\n\n")[0]
                .Split('\n')
                .Select(line => Name().Match(line))
                .Where(m => m.Success)
                .Select(m => m.Groups["name"].Value)
            : [];

    [GeneratedRegex("^  (?<name>[a-z0-9-]+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
