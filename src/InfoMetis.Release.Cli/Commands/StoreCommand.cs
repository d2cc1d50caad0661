using System.CommandLine;
using InfoMetis.Release.Cli.Storing;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel store</c>: what lies in the store, whether it is sound, and what of it is not needed.</summary>
internal sealed class StoreCommand
{
    private readonly Session _session;
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<string> _format = FormatOption.Create("text", "json");
    private readonly Argument<string[]> _manifests = new("MANIFEST")
    {
        Description = "Releases to look at; without one, every image of the store's index",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> _keep = new("--keep")
    {
        Description = "Keep what these releases need; without it, what the store's index names",
        HelpName = "MANIFEST",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would be removed, and remove nothing",
    };

    private StoreCommand(Session session) => _session = session;

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new StoreCommand(session).Command();

    private Command Command()
    {
        Words.RefuseOptions(_manifests);
        var command = new Command("store", "Look after the store of verified content") { Status(), Verify(), Prune() };
        HelpExamples.AddTo(
            command,
            "imrel store status releases/v0.5.0.yaml",
            "imrel store verify",
            "imrel store prune --keep releases/v0.5.0.yaml --dry-run"
        );
        return command;
    }

    private Command Status()
    {
        var command = new Command("status", "Show what releases take, what they share, and what nobody needs")
        {
            _manifests,
            _store,
            _format,
        };
        command.SetAction(parsed => _session.Run(parsed, token => StatusAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel store status releases/v0.4.0.yaml releases/v0.5.0.yaml",
            "imrel store status"
        );
        return command;
    }

    private Command Verify()
    {
        var command = new Command("verify", "Hash everything in the store again") { _manifests, _store, _format };
        command.SetAction(parsed => _session.Run(parsed, token => VerifyAsync(parsed, token)));
        HelpExamples.AddTo(command, "imrel store verify", "imrel store verify releases/v0.5.0.yaml --format json");
        return command;
    }

    private Command Prune()
    {
        var command = new Command("prune", "Remove what no release needs") { _keep, _dryRun, _store, _format };
        command.SetAction(parsed => _session.Run(parsed, token => PruneAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel store prune --keep releases/v0.5.0.yaml --dry-run",
            "imrel store prune --keep releases/v0.4.0.yaml --keep releases/v0.5.0.yaml"
        );
        return command;
    }

    private async Task<Outcome> StatusAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var store = parsed.Open(_store, Terminal);
        var status = await StoreStatus.OfAsync(store, Roots(parsed.GetValue(_manifests)), cancellationToken);
        return Print(
            parsed,
            () => StoreText.Status(Terminal.Out, store, status),
            json => StoreJson.Status(json, store, status),
            []
        );
    }

    private async Task<Outcome> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var store = parsed.Open(_store, Terminal);
        var reports = await new StoreVerify(store).RunAsync(Roots(parsed.GetValue(_manifests)), cancellationToken);
        var findings = reports
            .Where(report => report.State is not BlobState.Ok)
            .Select(report =>
                Message.StoredBlobDamaged(report.Digest.ToString(), StoreText.Word(report.State), report.Detail)
            )
            .ToList();
        return Print(
            parsed,
            () => StoreText.Verify(Terminal.Out, store, reports),
            json => StoreJson.Verify(json, store, reports),
            findings
        );
    }

    private async Task<Outcome> PruneAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var store = parsed.Open(_store, Terminal);
        var prune = new StorePrune(store);
        var keep = Roots(parsed.GetValue(_keep));
        var isDry = parsed.GetValue(_dryRun);
        var report = isDry
            ? await prune.PlanAsync(keep, cancellationToken)
            : await prune.RunAsync(keep, cancellationToken);
        return Print(
            parsed,
            () => StoreText.Prune(Terminal.Out, report, isDry),
            json => StoreJson.Prune(json, report, isDry),
            []
        );
    }

    private Outcome Print(ParseResult parsed, Action text, JsonContent json, IReadOnlyList<Finding> findings)
    {
        if (parsed.GetValue(_format) is "json")
            Json.Write(Terminal.Out, json);
        else
            text();
        return new Outcome(ExitCodes.Gravest(findings, strict: false), findings) { Details = json };
    }

    /// <summary>The pinned images and the fetched files of each release; an image without a pin has no place in a store.</summary>
    private static List<StoreRoot> Roots(string[]? files)
    {
        var roots = new List<StoreRoot>();
        foreach (var file in files ?? [])
        {
            var findings = new List<Finding>();
            var manifest = ManifestReader.Read(file, findings) ?? throw new ReleaseException(findings);
            var images = manifest.Images.Select(image => image.Reference.Digest).OfType<Oci.Digest>();
            var fetched = manifest.Files.Where(file => file.Url is not null).Select(file => file.Sha256);
            roots.Add(new StoreRoot($"{manifest.Name} {manifest.Version}", [.. images]) { Files = [.. fetched] });
        }
        return roots;
    }
}
