using System.CommandLine;
using System.Text.Json;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel images</c>: the references of a release, one a line, for pipes.</summary>
internal sealed class ImagesCommand
{
    private readonly Session _session;
    private readonly Argument<string> _manifest = new("MANIFEST") { Description = "The release manifest" };
    private readonly Option<string?> _group = new("--group") { Description = "Only one group of images" };
    private readonly Option<string?> _stack = new("--stack")
    {
        Description = "Only the applications of a stack and the smaller ones it holds, with the auxiliary images",
        HelpName = "NAME",
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private ImagesCommand(Session session) => _session = session;

    public static Command Create(Session session) => new ImagesCommand(session).Command();

    private Command Command()
    {
        _group.AcceptOnlyFromAmong("apps", "auxiliary");
        var command = new Command("images", "List the images of a release, one reference a line")
        {
            _manifest,
            _group,
            _stack,
            _format,
        };
        command.SetAction(result => _session.Run(result, () => List(result)));
        Words.RefuseOptions(_manifest);
        HelpExamples.AddTo(
            command,
            "imrel images releases/v0.5.0.yaml",
            "imrel images releases/v0.5.0.yaml --group auxiliary",
            "imrel images releases/v0.5.0.yaml --stack basic --format json"
        );
        return command;
    }

    private Outcome List(ParseResult parsed)
    {
        var findings = new List<Finding>();
        var file = parsed.GetRequiredValue(_manifest);
        var manifest = ManifestReader.Read(file, findings) ?? throw new ReleaseException(findings);
        var images = Select(manifest, parsed.GetValue(_group), parsed.GetValue(_stack)).ToList();
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, json => Write(json, images));
        else
            images.ForEach(image => _session.Terminal.Out.WriteLine(image.Reference));
        var unpinned = images.Count(image => !image.IsPinned);
        if (unpinned > 0)
            _session.Terminal.Error.WriteLine(
                $"{unpinned} of {images.Count} images are unpinned; see 'imrel check {file}'"
            );
        return Outcome.Sound with { Details = json => Write(json, images) };
    }

    private static IEnumerable<ReleaseImage> Select(ReleaseManifest manifest, string? group, string? stack)
    {
        if (stack is not null && !manifest.Stacks.Contains(stack))
            throw new ReleaseException(
                Message.UnknownStackAsked(stack, manifest.File, string.Join(", ", manifest.Stacks))
            );
        var apps = stack is null ? manifest.Apps : manifest.AppsOf(stack);
        return group switch
        {
            "apps" => apps,
            "auxiliary" => manifest.Auxiliary,
            _ => apps.Concat(manifest.Auxiliary),
        };
    }

    private static void Write(Utf8JsonWriter json, List<ReleaseImage> images)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/images/v1");
        json.WriteStartArray("images");
        foreach (var image in images)
        {
            json.WriteStartObject();
            ImageJson.WriteProperties(json, image);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
