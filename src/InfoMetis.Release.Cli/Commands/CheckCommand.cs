using System.CommandLine;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel check</c>: is every image pinned, and do they fit together and fit k0s?</summary>
internal sealed class CheckCommand
{
    private readonly Session _session;
    private readonly Argument<string[]> _manifests = new("MANIFEST")
    {
        Description = "Release manifests to check",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _k0s = new("--k0s")
    {
        Description = "Judge by this k0s release instead of the manifest's own",
        HelpName = "VERSION",
    };
    private readonly Option<bool> _strict = new("--strict") { Description = "Let warnings fail too" };
    private readonly Option<bool> _today = new("--today")
    {
        Description = "Tell what has lost support since the release",
    };
    private readonly Option<bool> _matrix = new("--matrix")
    {
        Description = "Hold the manifest against every known k0s release (--format text or json)",
    };
    private readonly Option<string[]> _deployed = new("--deployed")
    {
        Description = "Compare with the Kubernetes YAML in these files and folders",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string> _format = FormatOption.Create(
        ManifestCheck.DefaultFormat,
        "json",
        "sarif",
        "github"
    );
    private readonly Option<string?> _bom = BomOption.Create();

    private CheckCommand(Session session) => _session = session;

    public static Command Create(Session session) => new CheckCommand(session).Command();

    private Command Command()
    {
        var command = new Command("check", "Say whether the images of a release are pinned, fit together and fit k0s")
        {
            _manifests,
            _k0s,
            _strict,
            _today,
            _matrix,
            _deployed,
            _format,
            _bom,
        };
        _k0s.CompletionSources.Add(_ => K0sCommand.KnownVersions());
        command.Validators.Add(result =>
        {
            if (!result.GetValue(_matrix))
                return;
            if (result.GetValue(_manifests) is { Length: > 1 })
                result.AddError("--matrix takes one manifest.");
            if (result.GetValue(_k0s) is not null || result.GetValue(_deployed) is { Length: > 0 })
                result.AddError("--matrix goes neither with --k0s nor with --deployed.");
            if (result.GetValue(_format) is "sarif" or "github")
                result.AddError("--matrix has the formats text and json.");
        });
        command.SetAction(result =>
            _session.Run(result, () => result.GetValue(_matrix) ? Matrix(result) : Check(result))
        );
        Words.RefuseOptions(_manifests);
        HelpExamples.AddTo(
            command,
            "imrel check releases/v0.5.0.yaml",
            "imrel check releases/*.yaml --strict --format github",
            "imrel check releases/v0.5.0.yaml --k0s v1.24.17+k0s.0",
            "imrel check releases/v0.5.0.yaml --matrix",
            "imrel check releases/v0.5.0.yaml --deployed config/manifests"
        );
        return command;
    }

    private Outcome Check(ParseResult parsed)
    {
        var check = new ManifestCheck
        {
            Files = parsed.GetRequiredValue(_manifests),
            Options = Options(parsed),
            Bom = parsed.Folder(_bom),
            Strict = parsed.GetValue(_strict),
            Format = parsed.GetRequiredValue(_format),
        };
        return check.Run(_session);
    }

    private CheckOptions Options(ParseResult parsed) =>
        new()
        {
            K0s = parsed.GetValue(_k0s) is { } text ? K0sCommand.Version(text) : null,
            Today = parsed.GetValue(_today)
                ? DateOnly.FromDateTime(_session.Terminal.Clock.GetUtcNow().UtcDateTime)
                : null,
            Deployed = parsed.GetValue(_deployed) ?? [],
        };

    private Outcome Matrix(ParseResult parsed)
    {
        var reports = _session.Builder(parsed.Folder(_bom)).Matrix(parsed.GetRequiredValue(_manifests)[0]);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, json => MatrixReport.Json(json, reports));
        else
            MatrixReport.Text(_session.Terminal.Out, reports, _session.Terminal.OutPalette);
        var exitCode = reports.Any(report => report.Fits) ? ExitCode.Sound : ExitCode.CouplingRefused;
        return new Outcome(exitCode, []) { Details = json => MatrixReport.Json(json, reports) };
    }
}
