using System.CommandLine;
using System.CommandLine.Completions;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel k0s</c>: what k0s releases ask for and embed, and what changes between them.</summary>
internal sealed class K0sCommand
{
    private readonly Session _session;
    private readonly Option<string?> _bom = BomOption.Create();
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private K0sCommand(Session session) => _session = session;

    public static Command Create(Session session) => new K0sCommand(session).Command();

    /// <summary>A k0s version that a user typed.</summary>
    public static K0sVersion Version(string text) =>
        K0sVersion.TryParse(text, out var version)
            ? version
            : throw new ReleaseException(Message.BadK0sVersionAsked(text));

    public static IEnumerable<CompletionItem> KnownVersions() =>
        Versions(BomFolder.BuiltIn).Select(version => new CompletionItem(version.ToString()));

    private Command Command()
    {
        var command = new Command("k0s", "Tell what k0s releases ask for and embed") { List(), Show(), Diff() };
        HelpExamples.AddTo(
            command,
            "imrel k0s list",
            "imrel k0s show v1.23.17+k0s.1",
            "imrel k0s diff v1.23.17+k0s.1 v1.24.17+k0s.0"
        );
        return command;
    }

    private Command List()
    {
        var command = new Command("list", "List every known k0s release, the oldest first") { _format, _bom };
        command.SetAction(parsed =>
            _session.Run(parsed, () => Print(parsed, K0sReport.List(Versions(parsed.Folder(_bom)))))
        );
        HelpExamples.AddTo(command, "imrel k0s list", "imrel k0s list | grep v1.23");
        return command;
    }

    private Command Show()
    {
        var version = Versioned("VERSION", "The k0s release");
        var command = new Command("show", "Show the images and components of a k0s release") { version, _format, _bom };
        command.SetAction(parsed =>
            _session.Run(parsed, () => Print(parsed, K0sReport.Show(Release(parsed, version))))
        );
        HelpExamples.AddTo(command, "imrel k0s show v1.23.17+k0s.1", "imrel k0s show v1.23.17+k0s.1 --format json");
        return command;
    }

    private Command Diff()
    {
        var before = Versioned("A", "The release to start from");
        var after = Versioned("B", "The release to go to");
        var command = new Command("diff", "Show what changes between two k0s releases")
        {
            before,
            after,
            _format,
            _bom,
        };
        command.SetAction(parsed =>
            _session.Run(
                parsed,
                () => Print(parsed, K0sReport.Difference(Release(parsed, before), Release(parsed, after)))
            )
        );
        HelpExamples.AddTo(command, "imrel k0s diff v1.23.17+k0s.1 v1.24.17+k0s.0");
        return command;
    }

    private static Argument<string> Versioned(string name, string description)
    {
        var argument = new Argument<string>(name) { HelpName = name, Description = description };
        argument.CompletionSources.Add(_ => KnownVersions());
        return argument;
    }

    private static K0sCatalog Catalog(BomFolder bom)
    {
        var findings = new List<Finding>();
        return bom.Catalog(findings) ?? throw new ReleaseException(findings);
    }

    private static IReadOnlyList<K0sVersion> Versions(BomFolder bom)
    {
        var findings = new List<Finding>();
        return Catalog(bom).Versions(findings) ?? throw new ReleaseException(findings);
    }

    private K0sRelease Release(ParseResult parsed, Argument<string> argument)
    {
        var findings = new List<Finding>();
        var version = Version(parsed.GetRequiredValue(argument));
        var catalog = Catalog(parsed.Folder(_bom));
        if (catalog.Find(version, findings) is { } release)
            return release;
        var nearest = catalog.NearestTo(version)?.ToString();
        throw new ReleaseException(
            findings.Count > 0 ? findings : [Message.UnknownK0sRelease(place: null, version.ToString(), nearest)]
        );
    }

    private Outcome Print(ParseResult parsed, K0sReport report)
    {
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, report.Json);
        else
            report.Text(_session.Terminal.Out);
        return Outcome.Sound with { Details = report.Json };
    }
}
