using System.CommandLine;
using System.CommandLine.Parsing;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Verifying;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>
/// <c>imrel verify</c>: is a bundle what was signed, and does it hold all that its release needs? And was it installed as a receipt says?
/// </summary>
internal sealed class VerifyCommand
{
    private const string StandardInput = "-";

    private readonly Session _session;
    private readonly Trust _trust;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "The folder of a bundle, its archive, some of its parts in any order, or - for standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _receipt = new("--receipt")
    {
        Description = "Check what install.sh wrote on a host: by itself, and against the bundle where one is named",
        HelpName = "FILE",
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private VerifyCommand(Session session) => (_session, _trust) = (session, new Trust(session.Terminal));

    public static Command Create(Session session) => new VerifyCommand(session).Command();

    private Command Command()
    {
        var command = new Command("verify", "Prove a bundle, or a receipt of its installation; opens no socket")
        {
            _paths,
            _receipt,
            _format,
        };
        _trust.AddTo(command);
        _paths.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
                result.AddError($"'{token.Value}' is not an option of this command.");
            if (result.Tokens.Count > 1 && result.Tokens.Any(token => token.Value is StandardInput))
                result.AddError("- stands for a whole archive, so nothing else goes with it.");
        });
        command.Validators.Add(Refuse);
        command.SetAction(parsed => _session.Run(parsed, token => VerifyAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel verify infometis-0.5.0-linux-amd64 --key release.pub",
            "imrel verify /media/stick/*.part* --key release.pub",
            "imrel verify infometis-0.5.0-linux-amd64 --key one.pub --key two.pub --require 2 --format json",
            "imrel verify --receipt host1.json infometis-0.5.0-linux-amd64 --key release.pub",
            "ssh mirror cat infometis-0.5.0-linux-amd64.tar.zst | imrel verify - --allow-unsigned"
        );
        return command;
    }

    /// <summary>What goes together, and what does not.</summary>
    private void Refuse(CommandResult result)
    {
        var paths = result.GetResult(_paths)?.Tokens.Select(token => token.Value).ToList() ?? [];
        var hasReceipt = result.GetResult(_receipt) is not null;
        if (paths.Count == 0 && !hasReceipt)
            result.AddError("Name a bundle, or a receipt with --receipt.");
        if (paths.Count == 0 && hasReceipt && _trust.IsGiven(result))
            result.AddError("Name the bundle, too: a receipt alone has no signature that could be checked.");
        if (paths is [StandardInput] && hasReceipt)
            result.AddError("- has nothing beside it that a receipt could be held against.");
    }

    private Task<Outcome> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_receipt) is { } receipt
            ? ReceiptAsync(parsed, receipt, cancellationToken)
            : BundleAsync(parsed, cancellationToken);

    private async Task<Outcome> ReceiptAsync(ParseResult parsed, string receipt, CancellationToken cancellationToken)
    {
        var paths = parsed.GetRequiredValue(_paths);
        var check = new ReleaseReceipt(receipt);
        var result = paths.Length == 0 ? check.Alone() : await AgainstAsync(parsed, check, paths, cancellationToken);
        var exitCode = ExitCodes.Gravest(result.All, strict: false);
        JsonContent details = json => ReceiptJson.Write(json, result, exitCode);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, details);
        else
            new ReceiptText(_session.Terminal.Out, _session.Terminal.OutPalette).Write(result);
        return new Outcome(exitCode, [.. result.All]) { Details = details };
    }

    private async Task<CheckedReceipt> AgainstAsync(
        ParseResult parsed,
        ReleaseReceipt check,
        string[] paths,
        CancellationToken cancellationToken
    )
    {
        var files = BundleFiles.Find(paths);
        return check.Against(files, await Verification(parsed).OfFilesAsync(files, cancellationToken));
    }

    private async Task<Outcome> BundleAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var result = await ResultAsync(parsed, cancellationToken);
        var exitCode = ExitCodes.Gravest(result.Findings, strict: false);
        JsonContent details = json => VerifyJson.Write(json, result, exitCode);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, details);
        else
            new VerifyText(_session.Terminal.Out, _session.Terminal.OutPalette).Write(result);
        return new Outcome(exitCode, result.Findings) { Details = details };
    }

    private async Task<VerifyResult> ResultAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var verify = Verification(parsed);
        var paths = parsed.GetRequiredValue(_paths);
        if (paths is not [StandardInput])
            return await verify.OfFilesAsync(BundleFiles.Find(paths), cancellationToken);
        await using var stream = _session.Terminal.In();
        return await verify.OfStreamAsync(stream, cancellationToken);
    }

    private ReleaseVerify Verification(ParseResult parsed) =>
        new(_session.Builder(BomFolder.BuiltIn), _trust.Policy(parsed));
}
