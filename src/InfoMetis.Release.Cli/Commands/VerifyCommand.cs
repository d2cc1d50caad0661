using System.CommandLine;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Verifying;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel verify</c>: is a bundle what was signed, and does it hold all that its release needs?</summary>
internal sealed class VerifyCommand
{
    private const string StandardInput = "-";

    private readonly Session _session;
    private readonly Trust _trust;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "The folder of a bundle, its archive, some of its parts in any order, or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private VerifyCommand(Session session) => (_session, _trust) = (session, new Trust(session.Terminal));

    public static Command Create(Session session) => new VerifyCommand(session).Command();

    private Command Command()
    {
        var command = new Command(
            "verify",
            "Prove a bundle: signature, files, archive, images, coupling; opens no socket"
        )
        {
            _paths,
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
        command.SetAction(parsed => _session.Run(parsed, token => VerifyAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel verify infometis-0.5.0-linux-amd64 --key release.pub",
            "imrel verify /media/stick/*.part* --key release.pub",
            "imrel verify infometis-0.5.0-linux-amd64 --key one.pub --key two.pub --require 2 --format json",
            "ssh mirror cat infometis-0.5.0-linux-amd64.tar.zst | imrel verify - --allow-unsigned"
        );
        return command;
    }

    private async Task<Outcome> VerifyAsync(ParseResult parsed, CancellationToken cancellationToken)
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
        var verify = new ReleaseVerify(_session.Builder(BomFolder.BuiltIn), _trust.Policy(parsed));
        var paths = parsed.GetRequiredValue(_paths);
        if (paths is not [StandardInput])
            return await verify.OfFilesAsync(BundleFiles.Find(paths), cancellationToken);
        await using var stream = _session.Terminal.In();
        return await verify.OfStreamAsync(stream, cancellationToken);
    }
}
