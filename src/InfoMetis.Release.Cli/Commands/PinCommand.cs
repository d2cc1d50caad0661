using System.CommandLine;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel pin</c>: writes into a manifest which bytes its tags name.</summary>
internal sealed class PinCommand
{
    private readonly Session _session;
    private readonly RegistryAccess _access;
    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "The release manifest" };
    private readonly Option<bool> _update = new("--update") { Description = "Pin anew what is pinned, too" };
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Show what would be pinned; write nothing",
    };
    private readonly Option<string[]> _platforms = PlatformOption.Create(
        "Refuse images that lack one of these platforms, as in linux/amd64,linux/arm64 (default: the manifest's)"
    );
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private PinCommand(Session session)
    {
        _session = session;
        _access = new RegistryAccess(session.Terminal);
    }

    public static Command Create(Session session) => new PinCommand(session).Command();

    private Command Command()
    {
        var command = new Command("pin", "Write the digests that the tags name now into a manifest")
        {
            _manifest,
            _update,
            _dryRun,
            _platforms,
            _access.Registries,
            _format,
        };
        command.SetAction(parsed => _session.Run(parsed, token => PinAsync(parsed, token)));
        Words.RefuseOptions(_manifest);
        HelpExamples.AddTo(
            command,
            "imrel pin releases/v0.5.0.yaml",
            "imrel pin releases/v0.5.0.yaml --update --dry-run",
            "imrel pin releases/v0.5.0.yaml --platform linux/amd64,linux/arm64",
            "imrel pin releases/v0.5.0.yaml --registries site/registries.yaml --format json"
        );
        return command;
    }

    private async Task<Outcome> PinAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new PinOptions { Update = parsed.GetValue(_update), Platforms = parsed.Platforms(_platforms) };
        var notices = new Notices();
        using var registries = _access.Client(parsed, notices.Add);
        var result = await new ReleasePins(registries).PinAsync(
            parsed.GetRequiredValue(_manifest),
            options,
            cancellationToken
        );
        var findings = result.Findings.ToList();
        var isWritten = result.HasChanged && !parsed.GetValue(_dryRun) && Write(result, findings);
        var exitCode = ExitCodes.Gravest(findings, strict: false);
        notices.WriteTo(_session.Terminal);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, json => new PinJson(json).Write(result, findings, isWritten, exitCode));
        else
            new PinText(_session.Terminal.Out, _session.Terminal.OutPalette).Write(result, findings, isWritten);
        return new Outcome(exitCode, [.. findings, .. notices.All])
        {
            Details = json => new PinJson(json).Write(result, findings, isWritten, exitCode),
        };
    }

    private static bool Write(PinResult result, List<Finding> findings)
    {
        try
        {
            ManifestFile.Replace(result.Manifest.File, result.Text, result.Edited);
            return true;
        }
        catch (ReleaseException exception)
        {
            findings.AddRange(exception.Findings);
            return false;
        }
    }
}
