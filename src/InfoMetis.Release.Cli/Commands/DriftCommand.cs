using System.CommandLine;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel drift</c>: do the pins of a release still match what their registries hold?</summary>
internal sealed class DriftCommand
{
    private readonly Session _session;
    private readonly RegistryAccess _access;
    private readonly Argument<string[]> _manifests = new("MANIFEST")
    {
        Description = "Release manifests to compare",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json", "github");

    private DriftCommand(Session session)
    {
        _session = session;
        _access = new RegistryAccess(session.Terminal);
    }

    public static Command Create(Session session) => new DriftCommand(session).Command();

    private Command Command()
    {
        var command = new Command("drift", "Say whether pins still match what their registries hold")
        {
            _manifests,
            _access.Registries,
            _format,
        };
        command.SetAction(parsed => _session.Run(parsed, () => Compare(parsed)));
        Words.RefuseOptions(_manifests);
        HelpExamples.AddTo(
            command,
            "imrel drift releases/v0.5.0.yaml",
            "imrel drift releases/*.yaml --format github",
            "imrel drift releases/v0.5.0.yaml --format json"
        );
        return command;
    }

    private Outcome Compare(ParseResult parsed)
    {
        var notices = new Notices();
        using var registries = _access.Client(parsed, notices.Add);
        var result = new ReleaseDrift(registries)
            .CompareAsync(parsed.GetRequiredValue(_manifests), CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        var findings = result.Findings.ToList();
        var exitCode = ExitCodes.Gravest(findings, strict: false);
        notices.WriteTo(_session.Terminal);
        Print(parsed.GetRequiredValue(_format), result, findings, exitCode);
        return new Outcome(exitCode, [.. findings, .. notices.All])
        {
            Details = json => new DriftJson(json).Write(result, exitCode),
        };
    }

    private void Print(string format, DriftResult result, List<Finding> findings, ExitCode exitCode)
    {
        var writer = _session.Terminal.Out;
        switch (format)
        {
            case "json":
                Json.Write(writer, json => new DriftJson(json).Write(result, exitCode));
                break;
            case "github":
                GitHubAnnotations.Write(writer, findings);
                break;
            default:
                new DriftText(writer, _session.Terminal.OutPalette).Write(result);
                break;
        }
    }
}
