using System.CommandLine;
using System.CommandLine.Parsing;
using InfoMetis.Release.Bundle;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel extract</c>: images or files out of a bundle, without unpacking the rest.</summary>
internal sealed class ExtractCommand
{
    private const string StandardOutput = "-";

    private readonly Session _session;
    private readonly Argument<string[]> _paths = BundlePaths.Create();
    private readonly Option<string[]> _images = ImagesOption.Create("These images");
    private readonly Option<bool> _all = new("--all") { Description = "All images: images.tar as it is" };
    private readonly Option<string?> _file = new("--file")
    {
        Description = "A file beside the images, such as release.yaml or inventory.json",
        HelpName = "NAME",
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to make; - is standard output, for --file",
        HelpName = "OUT",
        Required = true,
    };

    private ExtractCommand(Session session) => _session = session;

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new ExtractCommand(session).Command();

    private Command Command()
    {
        var command = new Command("extract", "Take images or single files out of a bundle, verified by digest")
        {
            _paths,
            _images,
            _all,
            _file,
            _output,
        };
        command.Validators.Add(Check);
        command.SetAction(parsed => _session.Run(parsed, token => ExtractAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel extract infometis-0.5.0-linux-amd64 --images kafka --output kafka.tar",
            "imrel extract infometis-0.5.0-linux-amd64 --images grafana,docker.io/prom/prometheus:v2.47.0 --output two.tar",
            "imrel extract infometis-0.5.0-linux-amd64 --all --output images.tar",
            "imrel extract infometis-0.5.0-linux-amd64 --file release.yaml --output -"
        );
        return command;
    }

    private void Check(CommandResult result)
    {
        var images = result.GetValue(_images) is { Length: > 0 };
        var file = result.GetValue(_file) is not null;
        if (new[] { images, result.GetValue(_all), file }.Count(chosen => chosen) != 1)
            result.AddError("Say what to extract: --images NAME, --all or --file NAME, and only one of them.");
        else if (result.GetValue(_output) is StandardOutput && !file)
            result.AddError("Images go into a file; --output - goes with --file.");
    }

    private async Task<Outcome> ExtractAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var archive = BundleArchive.Open(BundleFiles.Find(parsed.GetRequiredValue(_paths)));
        var extract = new BundleExtract(archive);
        var output = parsed.GetRequiredValue(_output);
        if (parsed.GetValue(_file) is { } name)
            return await FileAsync(extract.File(name), output, cancellationToken);
        var images = parsed.GetValue(_all) ? archive.Inventory.Images : extract.Find(parsed.Names(_images));
        var size = parsed.GetValue(_all)
            ? await extract.AllAsync(output, cancellationToken)
            : await extract.ImagesAsync(images, output, cancellationToken);
        return Done(output, $"{Units.Count(images.Count, "image")}, {Units.Bytes(size)}");
    }

    private async Task<Outcome> FileAsync(BundleFileContent file, string output, CancellationToken cancellationToken)
    {
        if (output is not StandardOutput)
        {
            await file.SaveAsync(output, cancellationToken);
            return Done(output, Units.Bytes(file.Size));
        }
        if (Terminal.IsOutTerminal && !await file.IsTextAsync(cancellationToken))
        {
            await Terminal.Error.WriteLineAsync(
                $"{file.Name} is not text that a terminal can show; name a file as --output, or use a pipe"
            );
            return new Outcome(Messages.ExitCode.Usage, []);
        }
        await file.CopyToAsync(Terminal.OutBytes, cancellationToken);
        return Outcome.Sound;
    }

    private Outcome Done(string output, string what)
    {
        Terminal.Error.WriteLine($"{output}: {what}, every byte held against the bundle's inventory");
        return Outcome.Sound;
    }
}
