using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InfoMetis.Release.Cli.Pulling;

namespace InfoMetis.Release.Cli;

/// <summary>How many blobs are on their way at a time, and how that is shown.</summary>
internal sealed class ProgressOptions(Terminal terminal)
{
    private const int MostJobs = 256;

    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Blobs on their way at a time",
        HelpName = "N",
        DefaultValueFactory = _ => PullOptions.DefaultJobs,
        CustomParser = ParseJobs,
    };
    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "How progress is written where there is no terminal",
        DefaultValueFactory = _ => "text",
    };

    public Option Jobs => _jobs;

    public Option LogFormat
    {
        get
        {
            _logFormat.AcceptOnlyFromAmong("text", "json");
            return _logFormat;
        }
    }

    public int JobsOf(ParseResult parsed) => parsed.GetValue(_jobs);

    /// <summary>Whether progress is for programs.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_logFormat) is "json";

    public IPullView View(ParseResult parsed) =>
        IsJson(parsed) ? new JsonView(terminal.Error, terminal.Clock)
        : terminal.IsErrorTerminal ? new TerminalView(terminal.Error, terminal.Clock)
        : new LogView(terminal.Error, terminal.Clock);

    private static int ParseJobs(ArgumentResult result)
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
