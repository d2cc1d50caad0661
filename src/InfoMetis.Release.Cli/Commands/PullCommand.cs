using System.CommandLine;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel pull</c>: fills the store with a release, by digest.</summary>
internal sealed class PullCommand
{
    private const string AllPlatforms = "all";

    private readonly Session _session;
    private readonly ContentAccess _content;
    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "The release manifest" };
    private readonly Option<string[]> _platform = PlatformOption.Create(
        "Pull for these platforms, as in linux/amd64,linux/arm64, or for all (default: the manifest's)",
        AllPlatforms
    );
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the plan and stop" };

    private PullCommand(Session session) => (_session, _content) = (session, new ContentAccess(session.Terminal));

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new PullCommand(session).Command();

    private Command Command()
    {
        var command = new Command("pull", "Pull every image and file of a release by digest into the store")
        {
            _manifest,
            _platform,
            _dryRun,
        };
        _content.AddTo(command);
        Words.RefuseOptions(_manifest);
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

    private Task<Outcome> PullAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var manifest = Manifest(parsed.GetRequiredValue(_manifest));
        return _content.UseAsync(
            parsed,
            new PullOptions { Platforms = Platforms(parsed) },
            (pull, store) => PullAsync(parsed, pull, manifest, store, cancellationToken)
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
        var view = _content.View(parsed);
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
            _content.Tell(finding);
        var exitCode = ExitCodes.Gravest(findings, strict: false);
        return new Outcome(exitCode, findings) { Details = json => PullJson.Write(json, plan, progress) };
    }

    /// <summary>Bytes that no digest names cannot be verified, so they are not pulled.</summary>
    private static ReleaseManifest Manifest(string file)
    {
        var findings = new List<Finding>();
        var manifest = ManifestReader.Read(file, findings);
        return manifest is null || findings.Count > 0 ? throw new ReleaseException(findings) : manifest;
    }

    private IReadOnlyList<Platform>? Platforms(ParseResult parsed) =>
        parsed.PlatformNames(_platform) switch
        {
            [] => null,
            var names when names.Contains(AllPlatforms) => [],
            _ => parsed.Platforms(_platform),
        };
}
