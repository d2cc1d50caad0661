using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>One run of <c>imrel check</c>, whatever way the command line was read.</summary>
internal sealed record ManifestCheck
{
    public const string DefaultFormat = "text";

    public required IReadOnlyList<string> Files { get; init; }
    public CheckOptions Options { get; init; } = new();
    public BomFolder Bom { get; init; } = BomFolder.BuiltIn;
    public bool Strict { get; init; }
    public string Format { get; init; } = DefaultFormat;

    /// <summary>
    /// The check that a command line asks for which names files and nothing else; null where there is more to it.
    /// So are most of them, and setting up a parser for one would take longer than reading and judging a manifest.
    /// </summary>
    public static ManifestCheck? OfFilesAlone(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["check", _, ..])
            return null;
        var files = new List<string>(arguments.Count);
        for (var i = 1; i < arguments.Count; i++)
        {
            if (!Words.IsPlain(arguments[i]))
                return null;
            files.Add(arguments[i]);
        }
        return new ManifestCheck { Files = files };
    }

    public Outcome Run(Session session)
    {
        var result = session.Builder(Bom).Check(Files, Options);
        var findings = new List<Finding>(result.Findings);
        var exitCode = ExitCodes.Gravest(findings, Strict);
        if (Format is "text")
            new CheckText(session.Terminal.Out, session.Terminal.OutPalette).Write(result);
        else
            PrintForPrograms(session.Terminal.Out, result, findings, exitCode);
        return new Outcome(exitCode, findings) { Details = json => new CheckJson(json).Write(result, exitCode) };
    }

    private void PrintForPrograms(TextWriter writer, CheckResult result, List<Finding> findings, ExitCode exitCode)
    {
        if (Format is "github")
            GitHubAnnotations.Write(writer, findings);
        else if (Format is "sarif")
            Json.Write(writer, json => Sarif.Write(json, findings, CommandLine.Version));
        else
            Json.Write(writer, json => new CheckJson(json).Write(result, exitCode));
    }
}
