using System.CommandLine;
using System.CommandLine.Parsing;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Bundling;
using InfoMetis.Release.Cli.Pushing;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel push</c>: images, or a release itself, into a registry.</summary>
internal sealed class PushCommand
{
    private readonly Lock _telling = new();
    private readonly Session _session;
    private readonly RegistryAccess _registries;
    private readonly ProgressOptions _progress;
    private readonly Argument<string[]> _words = new("PATH REGISTRY")
    {
        Description =
            "A bundle (its folder, archive or parts), a store or a layout; then the registry, as in site.local:5000 or site.local/team",
        Arity = new ArgumentArity(2, 10_000),
    };
    private readonly Option<string[]> _images = ImagesOption.Create("Only these images");
    private readonly Option<bool> _platformOnly = new("--platform-only")
    {
        Description =
            "Give the tag to the one platform's manifest where the registry refuses an index without the others",
    };
    private readonly Option<bool> _release = new("--release")
    {
        Description = "Push the papers of a bundle instead, as one artifact: REGISTRY/REPOSITORY[:TAG]",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the plan and stop" };

    private PushCommand(Session session) =>
        (_session, _registries, _progress) = (
            session,
            new RegistryAccess(session.Terminal),
            new ProgressOptions(session.Terminal)
        );

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new PushCommand(session).Command();

    private Command Command()
    {
        var command = new Command("push", "Put images into a registry, digests unchanged, and read them back")
        {
            _words,
            _images,
            _platformOnly,
            _release,
            _registries.Registries,
            _progress.Jobs,
            _progress.LogFormat,
            _dryRun,
        };
        Words.RefuseOptions(_words);
        command.Validators.Add(Check);
        command.SetAction(parsed => _session.Run(parsed, token => PushAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel push infometis-0.5.0-linux-amd64 site.local:5000",
            "imrel push /media/stick/*.part* site.local:5000/infometis --images kafka,grafana",
            "imrel push ~/.cache/imrel site.local --registries site.yaml --dry-run",
            "imrel push --release infometis-0.5.0-linux-amd64 site.local:5000/infometis/release"
        );
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.GetResult(_words) is not { Tokens: [_, .., var target] })
            return;
        var isRelease = result.GetValue(_release);
        if (isRelease && (result.GetResult(_images) is not null || result.GetValue(_platformOnly)))
            result.AddError("--release pushes no image, so --images and --platform-only do not go with it.");
        if (isRelease && Repository(target.Value) is null)
            result.AddError(
                $"'{target.Value}' is no repository of a registry, as in site.local:5000/infometis/release:0.5.0."
            );
        if (!isRelease && !PushDestination.TryParse(target.Value, out _))
            result.AddError($"'{target.Value}' is no registry, as in site.local:5000 or site.local/team.");
    }

    /// <summary>A name with a registry in it, and without a digest, which nobody can choose.</summary>
    private static ImageReference? Repository(string text) =>
        ImageReference.TryParse(text, out var reference)
        && reference.Digest is null
        && text.StartsWith($"{reference.Registry}/", StringComparison.Ordinal)
            ? reference
            : null;

    private Task<Outcome> PushAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] words = parsed.GetRequiredValue(_words);
        return parsed.GetValue(_release)
            ? PushReleaseAsync(parsed, words[..^1], Repository(words[^1])!, cancellationToken)
            : PushImagesAsync(parsed, words[..^1], words[^1], cancellationToken);
    }

    private async Task<Outcome> PushImagesAsync(
        ParseResult parsed,
        string[] paths,
        string target,
        CancellationToken cancellationToken
    )
    {
        using var source = SourcePath.ToPush(paths);
        using var client = _registries.Client(parsed, Tell);
        var options = new PushOptions
        {
            Jobs = _progress.JobsOf(parsed),
            PlatformOnly = parsed.GetValue(_platformOnly),
        };
        var push = new ReleasePush(source, PushDestination.Parse(target), client, options);
        var images = source.Choose(parsed.Names(_images));
        var (start, progress, view) = (Terminal.Clock.GetTimestamp(), new PushProgress(), _progress.View(parsed));
        var plan = await view.WatchPlanAsync(images.Count, push.PlanAsync(images, cancellationToken));
        PushText.Plan(Terminal.Out, plan);
        await Terminal.Out.FlushAsync(cancellationToken);
        PushResult? result = null;
        if (!parsed.GetValue(_dryRun))
        {
            result = await view.WatchAsync(
                Pulling.Transfer.Of(plan, progress),
                push.RunAsync(plan, progress, cancellationToken)
            );
            PushText.Done(Terminal.Out, plan, result, progress, Terminal.Clock.GetElapsedTime(start));
        }
        IReadOnlyList<Finding> findings = [.. plan.Findings, .. result?.Findings ?? []];
        foreach (var finding in findings)
            Tell(finding);
        return new Outcome(ExitCodes.Gravest(findings, strict: false), findings)
        {
            Details = json => PushJson.Write(json, plan, progress, result),
        };
    }

    private async Task<Outcome> PushReleaseAsync(
        ParseResult parsed,
        string[] paths,
        ImageReference target,
        CancellationToken cancellationToken
    )
    {
        ReleasePapers papers;
        using (var archive = BundleArchive.Open(BundleFiles.Find(paths)))
            papers = await ReleasePapers.OfAsync(archive, cancellationToken);
        if (parsed.GetValue(_dryRun))
        {
            foreach (var paper in papers.All)
                await Terminal.Out.WriteLineAsync($"{paper.Name}, {Units.Bytes(paper.Bytes.Length)}");
            return Outcome.Sound;
        }
        using var client = _registries.Client(parsed, Tell);
        var release = await ReleasePublication.PushAsync(papers, target, client, cancellationToken);
        await Terminal.Out.WriteLineAsync(release.Reference);
        await Terminal.Error.WriteLineAsync(
            $"{papers.Inventory.Name} {papers.Inventory.Version} is there as {release.Tagged}, read back; that digest names all of it"
        );
        return Outcome.Sound with { Details = json => InspectJson.Write(json, release, signedBy: null) };
    }

    private void Tell(Finding finding)
    {
        lock (_telling)
            FindingText.Write(Terminal.Error, finding, Terminal.ErrorPalette);
    }
}
