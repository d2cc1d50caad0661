using System.CommandLine;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel reproduce</c>: does the release inside a bundle build to the same bytes here?</summary>
internal sealed class ReproduceCommand
{
    private readonly Session _session;
    private readonly ContentAccess _content;
    private readonly Argument<string[]> _paths = BundlePaths.Create();
    private readonly Option<string?> _bom = BomOption.Create();

    private ReproduceCommand(Session session) => (_session, _content) = (session, new ContentAccess(session.Terminal));

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new ReproduceCommand(session).Command();

    private Command Command()
    {
        var command = new Command("reproduce", "Rebuild a bundle from the manifest inside it and compare every byte")
        {
            _paths,
            _bom,
        };
        _content.AddTo(command);
        command.SetAction(parsed => _session.Run(parsed, token => ReproduceAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel reproduce infometis-0.5.0-linux-amd64",
            "imrel reproduce infometis-0.5.0-linux-amd64 --registries site.yaml",
            "imrel reproduce /media/stick/*.part* --offline"
        );
        return command;
    }

    private async Task<Outcome> ReproduceAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var archive = BundleArchive.Open(BundleFiles.Find(parsed.GetRequiredValue(_paths)));
        var reproduction = await ReleaseReproduction.OpenAsync(
            _session.Builder(parsed.Folder(_bom)),
            archive,
            cancellationToken
        );
        return await _content.UseAsync(
            parsed,
            new PullOptions { Platforms = [reproduction.Platform] },
            (pull, store) => CompareAsync(parsed, reproduction, pull, store, archive, cancellationToken)
        );
    }

    private async Task<Outcome> CompareAsync(
        ParseResult parsed,
        ReleaseReproduction reproduction,
        ReleasePull pull,
        ContentStore store,
        BundleArchive archive,
        CancellationToken cancellationToken
    )
    {
        var manifest = reproduction.Release.Manifest;
        var view = _content.View(parsed);
        var plan = await view.WatchPlanAsync(manifest.Images.Count(), pull.PlanAsync(manifest, cancellationToken));
        var progress = new PullProgress();
        var missing = plan.Findings.Concat(
            await view.WatchAsync(plan, progress, pull.RunAsync(plan, progress, cancellationToken))
        );
        if (missing.ToList() is { Count: > 0 } findings)
            throw new ReleaseException(findings);
        var differences = await reproduction.CompareAsync(plan, store, OfflinePages.All, cancellationToken);
        if (differences.Count > 0)
            throw new ReleaseException(differences);
        Print(archive);
        return Outcome.Sound;
    }

    private void Print(BundleArchive archive)
    {
        var made = archive.Inventory;
        Terminal.Out.WriteLine($"{made.Name} {made.Version} for {made.Platform}: built again to the same bytes");
        var lines = new Labelled(Terminal.Out, Labelled.OfBundles);
        lines.Write("archive:", $"{archive.Files.Archive}, {Units.Count(archive.Files.Count, "file")}");
        lines.Write(
            "beside it:",
            archive.Files.IsFolder
                ? "the same files; signatures are not compared"
                : "nothing was compared, for only the archive was named"
        );
        lines.Write("made by:", $"imrel {made.Tool} with {made.Compression.Library}, level {made.Compression.Level}");
    }
}
