using System.CommandLine;
using InfoMetis.Release.Cli.Commands;
using InfoMetis.Release.Cli.Pulling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli;

/// <summary>Where a command gets the content of images from, and how it shows that it comes.</summary>
internal sealed class ContentAccess(Terminal terminal)
{
    private readonly Lock _telling = new();
    private readonly RegistryAccess _registries = new(terminal);
    private readonly ProgressOptions _progress = new(terminal);
    private readonly Option<string?> _store = StoreOption.Create();
    private readonly Option<bool> _offline = new("--offline") { Description = "Open no socket; name what is missing" };
    private readonly Option<string?> _from = new("--from")
    {
        Description =
            "Take everything from a layout or bundle, not registries: oci:DIR, oci-archive:FILE or bundle:PATH",
        HelpName = "SOURCE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_store);
        command.Options.Add(_registries.Registries);
        command.Options.Add(_progress.Jobs);
        command.Options.Add(_offline);
        command.Options.Add(_from);
        command.Options.Add(_progress.LogFormat);
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
        var all = options with { Jobs = _progress.JobsOf(parsed) };
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
    public bool IsJson(ParseResult parsed) => _progress.IsJson(parsed);

    public IPullView View(ParseResult parsed) => _progress.View(parsed);

    /// <summary>Says what was found on the way; called from many threads.</summary>
    public void Tell(Finding finding)
    {
        lock (_telling)
            FindingText.Write(terminal.Error, finding, terminal.ErrorPalette);
    }
}
