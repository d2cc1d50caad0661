using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InfoMetis.Release.Cli.Commands;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli;

/// <summary>Where a command gets the content of images from, and how it shows that it comes.</summary>
internal sealed class ContentAccess(Terminal terminal)
{
    private const int MostJobs = 256;

    private readonly Lock _telling = new();
    private readonly RegistryAccess _registries = new(terminal);
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Blobs on their way at a time",
        HelpName = "N",
        DefaultValueFactory = _ => PullOptions.DefaultJobs,
        CustomParser = Jobs,
    };
    private readonly Option<bool> _offline = new("--offline") { Description = "Open no socket; name what is missing" };
    private readonly Option<string?> _from = new("--from")
    {
        Description =
            "Take everything from a layout or bundle, not registries: oci:DIR, oci-archive:FILE or bundle:PATH",
        HelpName = "SOURCE",
    };
    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "How progress is written where there is no terminal",
        DefaultValueFactory = _ => "text",
    };

    public void AddTo(Command command)
    {
        _logFormat.AcceptOnlyFromAmong("text", "json");
        command.Options.Add(_store);
        command.Options.Add(_registries.Registries);
        command.Options.Add(_jobs);
        command.Options.Add(_offline);
        command.Options.Add(_from);
        command.Options.Add(_logFormat);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_offline) && result.GetResult(_from) is not null)
                result.AddError("--offline and --from do not go together: --from opens no socket either.");
            if (Words.Of(result, _from) is { } from && SourcePath.Of(from) is null)
                result.AddError("--from takes oci:DIR, oci-archive:FILE or bundle:PATH.");
        });
    }

    /// <summary>Does something with a pull and the store it fills.</summary>
    public async Task<Outcome> UseAsync(
        ParseResult parsed,
        PullOptions options,
        Func<ReleasePull, ContentStore, Task<Outcome>> use
    )
    {
        var all = options with { Jobs = parsed.GetValue(_jobs) };
        using var store = parsed.Open(_store, terminal);
        if (parsed.GetValue(_offline))
            return await use(ReleasePull.Offline(store, all), store);
        if (parsed.GetValue(_from) is { } from)
        {
            var source = SourcePath.Of(from)!();
            using var opened = source as IDisposable;
            return await use(ReleasePull.FromSource(store, source, all), store);
        }
        using var client = _registries.Client(parsed, Tell);
        return await use(ReleasePull.FromRegistries(store, client, all), store);
    }

    /// <summary>Whether progress is for programs.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_logFormat) is "json";

    public IPullView View(ParseResult parsed) =>
        IsJson(parsed) ? new JsonView(terminal.Error, terminal.Clock)
        : terminal.IsErrorTerminal ? new TerminalView(terminal.Error, terminal.Clock)
        : new LogView(terminal.Error, terminal.Clock);

    /// <summary>Says what was found on the way; called from many threads.</summary>
    public void Tell(Finding finding)
    {
        lock (_telling)
            FindingText.Write(terminal.Error, finding, terminal.ErrorPalette);
    }

    private static int Jobs(ArgumentResult result)
    {
        if (
            int.TryParse(result.Tokens[^1].Value, CultureInfo.InvariantCulture, out var jobs)
            && jobs is >= 1 and <= MostJobs
        )
            return jobs;
        result.AddError($"--jobs takes a number from 1 to {MostJobs}.");
        return 0;
    }
}
