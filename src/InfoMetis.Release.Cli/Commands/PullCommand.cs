using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel pull</c>: fills the store with a release, by digest.</summary>
internal sealed class PullCommand
{
    private const int MostJobs = 256;
    private const string AllPlatforms = "all";

    private readonly Session _session;
    private readonly Lock _telling = new();
    private readonly RegistryAccess _access;
    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "The release manifest" };
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<string[]> _platform = PlatformOption.Create(
        "Pull for these platforms, as in linux/amd64,linux/arm64, or for all (default: the manifest's)",
        AllPlatforms
    );
    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Blobs on their way at a time",
        HelpName = "N",
        DefaultValueFactory = _ => PullOptions.DefaultJobs,
        CustomParser = Jobs,
    };
    private readonly Option<bool> _offline = new("--offline") { Description = "Open no socket; name what is missing" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the plan and stop" };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Take everything from a layout instead of registries: oci:DIR or oci-archive:FILE",
        HelpName = "LAYOUT",
    };
    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "How progress is written where there is no terminal",
        DefaultValueFactory = _ => "text",
    };

    private PullCommand(Session session) => (_session, _access) = (session, new RegistryAccess(session.Terminal));

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new PullCommand(session).Command();

    private Command Command()
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
        var command = new Command("pull", "Pull every image of a release by digest into the store")
        {
            _manifest,
            _store,
            _access.Registries,
            _platform,
            _jobs,
            _offline,
            _dryRun,
            _from,
            _logFormat,
        };
        Words.RefuseOptions(_manifest);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_offline) && result.GetValue(_from) is not null)
                result.AddError("--offline and --from do not go together: --from opens no socket either.");
            if (result.GetValue(_from) is { } from && LayoutPath.Of(from) is null)
                result.AddError("--from takes oci:DIR or oci-archive:FILE.");
        });
        command.SetAction(parsed => _session.Run(parsed, token => PullAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel pull releases/v0.5.0.yaml",
            "imrel pull releases/v0.5.0.yaml --dry-run",
            "imrel pull releases/v0.5.0.yaml --registries site.yaml --platform linux/amd64,linux/arm64",
            "imrel pull releases/v0.5.0.yaml --from oci-archive:images.tar",
            "imrel pull releases/v0.5.0.yaml --offline"
        );
        return command;
    }

    private async Task<Outcome> PullAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new PullOptions { Jobs = parsed.GetValue(_jobs), Platforms = Platforms(parsed) };
        var manifest = Manifest(parsed.GetRequiredValue(_manifest));
        using var store = parsed.Open(_store, Terminal);
        if (parsed.GetValue(_offline))
            return await PullAsync(parsed, ReleasePull.Offline(store, options), manifest, store, cancellationToken);
        if (parsed.GetValue(_from) is { } from)
        {
            using var layout = LayoutPath.Of(from)!();
            return await PullAsync(
                parsed,
                ReleasePull.FromLayout(store, layout, options),
                manifest,
                store,
                cancellationToken
            );
        }
        using var client = _access.Client(parsed, Tell);
        return await PullAsync(
            parsed,
            ReleasePull.FromRegistries(store, client, options),
            manifest,
            store,
            cancellationToken
        );
    }

    private async Task<Outcome> PullAsync(
        ParseResult parsed,
        ReleasePull pull,
        ReleaseManifest manifest,
        ContentStore store,
        CancellationToken cancellationToken
    )
    {
        var start = Terminal.Clock.GetTimestamp();
        var progress = new PullProgress();
        var view = View(parsed);
        var plan = await view.WatchPlanAsync(manifest.Images.Count(), pull.PlanAsync(manifest, cancellationToken));
        PullText.Plan(Terminal.Out, plan, store.Root);
        await Terminal.Out.FlushAsync(cancellationToken);
        var findings = plan.Findings.ToList();
        if (!parsed.GetValue(_dryRun))
        {
            findings.AddRange(await view.WatchAsync(plan, progress, pull.RunAsync(plan, progress, cancellationToken)));
            PullText.Done(Terminal.Out, plan, progress, Terminal.Clock.GetElapsedTime(start), findings.Count == 0);
        }
        foreach (var finding in findings)
            Tell(finding);
        var exitCode = ExitCodes.Gravest(findings, strict: false);
        return new Outcome(exitCode, findings) { Details = json => PullJson.Write(json, plan, progress) };
    }

    private IPullView View(ParseResult parsed) =>
        parsed.GetValue(_logFormat) is "json" ? new JsonView(Terminal.Error, Terminal.Clock)
        : Terminal.IsErrorTerminal ? new TerminalView(Terminal.Error, Terminal.Clock)
        : new LogView(Terminal.Error, Terminal.Clock);

    private void Tell(Finding finding)
    {
        lock (_telling)
            FindingText.Write(Terminal.Error, finding, Terminal.ErrorPalette);
    }

    /// <summary>Bytes that no digest names cannot be verified, so they are not pulled.</summary>
    private static ReleaseManifest Manifest(string file)
    {
        var findings = new List<Finding>();
        var manifest = ManifestReader.Read(file, findings);
        return manifest is null || findings.Count > 0 ? throw new ReleaseException(findings) : manifest;
    }

    private static int Jobs(ArgumentResult result)
    {
        if (
            int.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var jobs)
            && jobs is >= 1 and <= MostJobs
        )
            return jobs;
        result.AddError($"--jobs takes a number from 1 to {MostJobs}.");
        return 0;
    }

    private IReadOnlyList<Platform>? Platforms(ParseResult parsed) =>
        parsed.PlatformNames(_platform) switch
        {
            [] => null,
            var names when names.Contains(AllPlatforms) => [],
            _ => parsed.Platforms(_platform),
        };
}
