using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>A finding for people: a line with the fact, one with the hint, one with the place and the source.</summary>
public static class FindingText
{
    public static void Write(TextWriter writer, Finding finding, Palette palette)
    {
        var severity = palette.Of(finding.Severity, Name(finding.Severity));
        // A fact mostly names what it is about; where it names only a digest, the image has to be said.
        var subject = Names(finding.Fact, finding.Subject) ? "" : $"{finding.Subject}: ";
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

    private static bool Names(string fact, string subject)
    {
        for (
            var at = fact.IndexOf(subject, StringComparison.Ordinal);
            at >= 0;
            at = fact.IndexOf(subject, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + subject.Length;
            var isWord =
                (at == 0 || !char.IsLetterOrDigit(fact[at - 1]))
                && (end == fact.Length || !char.IsLetterOrDigit(fact[end]));
            if (isWord)
                return true;
        }
        return false;
    }

    public static string Name(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "information",
        };
}
