using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

internal static class Saying
{
    /// <summary>Ended so, with these words among what it said.</summary>
    public static Finished ShouldSay(this Finished run, int exitCode, params IEnumerable<string> words)
    {
        if (run.ExitCode != exitCode)
            Assert.Fail($"exit {run.ExitCode} and not {exitCode}:\n{run.Error}{run.Output}");
        run.Output.ShouldBe("");
        foreach (var word in words)
            Assert.True(run.Error.Contains(word, StringComparison.Ordinal), $"'{word}' is not in:\n{run.Error}");
        return run;
    }

    public static void ShouldEndWell(this Finished run) => run.ExitCode.ShouldBe(0, run.Output + run.Error);
}
