namespace InfoMetis.Release.Tests.Manifests;

/// <summary>Holds that a sample manifest with one fault gives one finding, and no manifest where it is an error.</summary>
internal static class Fault
{
    public static void Finds(string old, string replacement, string finding, string? without = null)
    {
        var text = Sample.With(old, replacement);
        FindsIn(without is null ? text : text.Replace(without, "", StringComparison.Ordinal), finding);
    }

    public static void FindsIn(string text, string finding)
    {
        var (manifest, findings) = Sample.Read(text);
        findings.Show().ShouldBe(finding);
        (manifest is null).ShouldBe(!finding.Contains("IMR1020", StringComparison.Ordinal) || findings.Count > 1);
    }
}
