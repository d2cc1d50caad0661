using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests;

/// <summary>Shows findings as one line each, so that a test can say exactly what it expects.</summary>
internal static class Findings
{
    public static string Show(this Finding finding) =>
        $"{finding.Place?.Line}:{finding.Place?.Column} {finding.Code} {finding.Subject}: {finding.Fact}"
        + (finding.Hint is null ? "" : $" | {finding.Hint}");

    public static string Show(this IEnumerable<Finding> findings) => string.Join('\n', findings.Select(Show));
}
