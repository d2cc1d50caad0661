using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>Findings as workflow commands, which GitHub shows beside the lines they are about.</summary>
public static class GitHubAnnotations
{
    public static void Write(TextWriter writer, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var place = finding.Place is { } at ? $"file={Property(at.File)},line={at.Line},col={at.Column}," : "";
            var text = finding.Hint is null ? finding.Fact : $"{finding.Fact}\n{finding.Hint}";
            writer.WriteLine(
                $"::{Command(finding.Severity)} {place}title={Property($"{finding.Code} {finding.Subject}")}::{Data(text)}"
            );
        }
    }

    private static string Command(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
