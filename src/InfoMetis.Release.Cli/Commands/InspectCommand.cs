using System.CommandLine;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Bundling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel inspect</c>: what a bundle, or a release in a registry, says of itself, without reading more of it than that.</summary>
internal sealed class InspectCommand
{
    private readonly Session _session;
    private readonly RegistryAccess _registries;
    private readonly Trust _trust;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description =
            "The folder of a bundle, its archive, or parts of that in any order; or a release in a registry, as REGISTRY/REPOSITORY@sha256:…",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private InspectCommand(Session session) =>
        (_session, _registries, _trust) = (session, new RegistryAccess(session.Terminal), new Trust(session.Terminal));

    public static Command Create(Session session) => new InspectCommand(session).Command();

    private Command Command()
    {
        var command = new Command("inspect", "Show what a bundle or a pushed release says of itself")
        {
            _paths,
            _format,
            _registries.Registries,
        };
        _trust.AddTo(command);
        Words.RefuseOptions(_paths);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_paths) is [var one] && Published(one) is not null)
                return;
            if (_trust.IsGiven(result))
                result.AddError(
                    "--key, --require and --allow-unsigned go with a release in a registry; for a bundle run imrel verify."
                );
        });
        command.SetAction(parsed => _session.Run(parsed, token => InspectAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel inspect infometis-0.5.0-linux-amd64",
            "imrel inspect /media/stick/infometis-0.5.0-linux-amd64.tar.zst.part01of04",
            "imrel inspect infometis-0.5.0-linux-amd64 --format json",
            "imrel inspect site.local:5000/infometis/release:0.5.0 --key release.pub"
        );
        return command;
    }

    private async Task<Outcome> InspectAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var paths = parsed.GetRequiredValue(_paths);
        if (paths is [var one] && Published(one) is { } reference)
            return await InspectAsync(parsed, reference, cancellationToken);
        var summary = BundleSummary.Read(paths);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, json => InspectJson.Write(json, summary));
        else
            InspectText.Write(_session.Terminal.Out, summary);
        return Outcome.Sound with { Details = json => InspectJson.Write(json, summary) };
    }

    private async Task<Outcome> InspectAsync(
        ParseResult parsed,
        ImageReference reference,
        CancellationToken cancellationToken
    )
    {
        var notices = new Notices();
        using var client = _registries.Client(parsed, notices.Add);
        var release = await ReleasePublication.ReadAsync(reference, client, cancellationToken);
        var verdict = _trust.IsGiven(parsed.CommandResult) ? release.Check(_trust.Policy(parsed)) : null;
        JsonContent details = json => InspectJson.Write(json, release, verdict?.SignedBy);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, details);
        else
            InspectText.Write(_session.Terminal.Out, release, verdict?.SignedBy);
        notices.WriteTo(_session.Terminal);
        var findings = verdict?.Findings ?? [];
        foreach (var finding in findings)
            FindingText.Write(_session.Terminal.Error, finding, _session.Terminal.ErrorPalette);
        return new Outcome(ExitCodes.Gravest(findings, strict: false), [.. notices.All, .. findings])
        {
            Details = details,
        };
    }

    /// <summary>What lies here goes before what may lie elsewhere.</summary>
    private static ImageReference? Published(string text) =>
        !Path.Exists(text)
        && ImageReference.TryParse(text, out var reference)
        && (reference.Digest is not null || reference.Tag is not null)
        && text.StartsWith($"{reference.Registry}/", StringComparison.Ordinal)
            ? reference
            : null;
}
