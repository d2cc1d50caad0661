using System.CommandLine;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli.Bundling;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel inspect</c>: what a bundle says of itself, without reading more of it than that.</summary>
internal sealed class InspectCommand
{
    private readonly Session _session;
    private readonly Argument<string[]> _paths = BundlePaths.Create();
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private InspectCommand(Session session) => _session = session;

    public static Command Create(Session session) => new InspectCommand(session).Command();

    private Command Command()
    {
        var command = new Command("inspect", "Show what a bundle says of itself; nothing is verified")
        {
            _paths,
            _format,
        };
        command.SetAction(parsed => _session.Run(parsed, () => Inspect(parsed)));
        HelpExamples.AddTo(
            command,
            "imrel inspect infometis-0.5.0-linux-amd64",
            "imrel inspect /media/stick/infometis-0.5.0-linux-amd64.tar.zst.part01of04",
            "imrel inspect infometis-0.5.0-linux-amd64 --format json"
        );
        return command;
    }

    private Outcome Inspect(ParseResult parsed)
    {
        var summary = BundleSummary.Read(parsed.GetRequiredValue(_paths));
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, json => InspectJson.Write(json, summary));
        else
            InspectText.Write(_session.Terminal.Out, summary);
        return Outcome.Sound with { Details = json => InspectJson.Write(json, summary) };
    }
}
