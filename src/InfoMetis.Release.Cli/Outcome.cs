using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli;

/// <summary>How a command ended: its exit code, what it found, and, for a report, what it did.</summary>
internal sealed record Outcome(ExitCode ExitCode, IReadOnlyList<Finding> Findings)
{
    public static Outcome Sound { get; } = new(ExitCode.Sound, []);

    /// <summary>Writes one JSON value, where there is more to report than the findings.</summary>
    public JsonContent? Details { get; init; }
}
