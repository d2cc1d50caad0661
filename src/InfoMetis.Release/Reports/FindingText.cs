using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>A finding for people: a line with the fact, one with the hint, one with the place and the source.</summary>
public static class FindingText
{
    public static void Write(TextWriter writer, Finding finding, Palette palette)
    {
        var severity = palette.Of(finding.Severity, Name(finding.Severity));
        // A fact mostly names what it is about; where it names only a digest, the image has to be said.
        var subject = finding.Fact.Contains(finding.Subject, StringComparison.Ordinal) ? "" : $"{finding.Subject}: ";
        writer.WriteLine($"{severity} {finding.Code} {subject}{finding.Fact}");
        if (finding.Hint is not null)
            writer.WriteLine($"  hint: {finding.Hint}");
        if (finding.Place is { } place)
            writer.WriteLine($"  at:   {place}");
        if (finding.Source is not null)
            writer.WriteLine(
                finding.Rule is null ? $"  from: {finding.Source}" : $"  rule: {finding.Rule}, from {finding.Source}"
            );
    }

    public static string Name(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "information",
        };
}
