using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Bundling;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel bundle</c>: one signed, compressed, reproducible folder for a site without a network.</summary>
internal sealed class BundleCommand
{
    private const long SmallestPart = 64 << 10;

    private static readonly Dictionary<string, long> Media = new(StringComparer.Ordinal)
    {
        // One byte less than the largest file of FAT32; what a single-layer DVD holds beside its file system.
        ["fat32"] = (1L << 32) - 1,
        ["dvd"] = 4_600_000_000,
    };

    private readonly Session _session;
    private readonly ContentAccess _content;
    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "The release manifest" };
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Put the folder of the bundle into this one",
        HelpName = "DIR",
        Required = true,
    };
    private readonly Option<string[]> _platform = PlatformOption.Create(
        "Make a bundle for each of these platforms (default: the manifest's)"
    );
    private readonly Option<string> _compression = new("--compression")
    {
        Description = "How the archive is packed",
        DefaultValueFactory = _ => CompressionKind.Zstd.Word(),
    };
    private readonly Option<int?> _level = new("--level")
    {
        Description = "How hard what shrinks is compressed (default: 19 of zstd's 22, 9 of gzip's 9)",
        HelpName = "N",
    };
    private readonly Option<string?> _partSize = SizeOption.Create(
        "--part-size",
        "Cut the archive into parts: bytes, 4GB, 700MiB, fat32 or dvd",
        Media,
        SmallestPart
    );
    private readonly Option<string[]> _accept = new("--accept")
    {
        Description = "Take responsibility for what the gate refuses; the reason is written into the bundle",
        HelpName = "CODE=REASON",
    };
    private readonly KeyAccess _key;
    private readonly Option<bool> _allowUnsigned = new("--allow-unsigned")
    {
        Description = "Make a bundle that nobody vouches for",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Judge, forecast, and stop" };
    private readonly Option<string?> _bom = BomOption.Create();

    private BundleCommand(Session session)
    {
        (_session, _content) = (session, new ContentAccess(session.Terminal));
        _key = new KeyAccess(session.Terminal);
    }

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new BundleCommand(session).Command();

    private Command Command()
    {
        var command = new Command("bundle", "Make one signed bundle of a release for a site without a network")
        {
            _manifest,
            _output,
            _key.Key,
            _key.PassphraseFile,
            _allowUnsigned,
            _platform,
            _compression,
            _level,
            _partSize,
            _accept,
            _dryRun,
            _bom,
        };
        _content.AddTo(command);
        _compression.AcceptOnlyFromAmong([.. Enum.GetValues<CompressionKind>().Select(kind => kind.Word()).Reverse()]);
        command.Validators.Add(CheckLevel);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_key.Key) is null != result.GetValue(_allowUnsigned))
                result.AddError("Either --key says who vouches for the bundle, or --allow-unsigned that nobody does.");
        });
        _accept.Validators.Add(CheckAccepted);
        Words.RefuseOptions(_manifest);
        command.SetAction(parsed => _session.Run(parsed, token => BundleAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel bundle release.yaml --output /srv/out --key release.key",
            "imrel bundle release.yaml --output /media/stick --key release.key --part-size fat32",
            "imrel bundle release.yaml --output . --key release.key --platform linux/arm64 --registries site.yaml",
            "imrel bundle release.yaml --output . --key release.key --accept 'IMR2010=replaced in 0.6, risk known'",
            "imrel bundle release.yaml --output . --allow-unsigned --dry-run"
        );
        return command;
    }

    private void CheckLevel(CommandResult result)
    {
        if (Words.Of(result, _level) is not { } text)
            return;
        var kind = CompressionKinds.OfWord(Words.Of(result, _compression)) ?? CompressionKind.Zstd;
        if (kind is CompressionKind.None)
            result.AddError("--level goes with --compression zstd or gzip.");
        // What is no number at all is told by the parser.
        else if (
            int.TryParse(text, CultureInfo.InvariantCulture, out var level)
            && (level < 1 || level > BundleOptions.HighestLevel(kind))
        )
            result.AddError($"--level of {kind.Word()} is a number from 1 to {BundleOptions.HighestLevel(kind)}.");
    }

    private static void CheckAccepted(OptionResult result)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var accepted in result.Tokens.Select(token => token.Value))
        {
            var equals = accepted.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || accepted[(equals + 1)..].Trim().Length == 0)
                result.AddError($"--accept takes a code and a reason, as in IMR2010=reason; '{accepted}' is none.");
            else if (!IsOfTheGate(accepted[..equals]))
                result.AddError($"--accept takes codes of the coupling gate, IMR2xxx; '{accepted[..equals]}' is none.");
            else if (!codes.Add(accepted[..equals]))
                result.AddError($"--accept takes one reason for {accepted[..equals]}.");
        }
    }

    private static bool IsOfTheGate(string code) =>
        code.Length == "IMR2000".Length
        && code.StartsWith("IMR2", StringComparison.Ordinal)
        && ExitCodes.Of(code) is ExitCode.CouplingRefused;

    private async Task<Outcome> BundleAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var builder = _session.Builder(parsed.Folder(_bom));
        // Asked for before anything is fetched: whoever types a passphrase should not have to come back for it.
        using var key = _key.Load(parsed);
        var accepted = Accepted(parsed);
        var release = JudgedRelease.Judge(builder, parsed.GetRequiredValue(_manifest), accepted);
        foreach (var code in accepted.Keys.Except(release.Accepted.Select(one => one.Code)))
            await Terminal.Error.WriteLineAsync(
                $"nothing was refused by {code}: --accept {code} is not needed any more"
            );
        var made = new List<MadeBundle>();
        var chosen = parsed.Platforms(_platform);
        foreach (var platform in chosen.Count > 0 ? chosen : release.Manifest.Platforms)
        {
            BundleText.Judged(Terminal.Out, release, platform.ToString());
            await _content.UseAsync(
                parsed,
                new PullOptions { Platforms = [platform] },
                async (pull, store) =>
                {
                    var bundle = new ReleaseBundle(builder, release, store, pull, Request(parsed, platform, key));
                    if (await MakeAsync(parsed, bundle, store.Root, cancellationToken) is { } one)
                        made.Add(one);
                    return Outcome.Sound;
                }
            );
        }
        return Outcome.Sound with { Details = json => BundleJson.Write(json, release, made) };
    }

    private async Task<MadeBundle?> MakeAsync(
        ParseResult parsed,
        ReleaseBundle bundle,
        string store,
        CancellationToken cancellationToken
    )
    {
        var view = _content.View(parsed);
        var plan = await view.WatchPlanAsync(bundle.Images, bundle.PlanAsync(cancellationToken));
        BundleText.Forecast(Terminal.Out, plan, bundle.Forecast(plan), store, parsed.GetRequiredValue(_output));
        await Terminal.Out.FlushAsync(cancellationToken);
        if (parsed.GetValue(_dryRun))
            return null;
        var fetched = new PullProgress();
        await view.WatchAsync(plan, fetched, bundle.PullAsync(plan, fetched, cancellationToken));
        var progress = new BundleProgress();
        var made = await new BundleView(Terminal, _content.IsJson(parsed)).WatchAsync(
            progress,
            bundle.MakeAsync(plan, progress, cancellationToken)
        );
        BundleText.Made(Terminal.Out, made);
        return made;
    }

    private BundleRequest Request(ParseResult parsed, Platform platform, SigningKey? key) =>
        new()
        {
            Platform = platform,
            Output = parsed.GetRequiredValue(_output),
            Options = new BundleOptions
            {
                Compression = CompressionKinds.OfWord(parsed.GetValue(_compression)) ?? CompressionKind.Zstd,
                Level = parsed.GetValue(_level),
                PartSize = parsed.GetValue(_partSize) is { } size ? SizeOption.Parse(size, Media) : null,
            },
            Key = key,
            Docs = OfflinePages.All,
            Tool = CommandLine.Version,
        };

    private Dictionary<string, string> Accepted(ParseResult parsed) =>
        (parsed.GetValue(_accept) ?? [])
            .Select(accepted => accepted.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
}
