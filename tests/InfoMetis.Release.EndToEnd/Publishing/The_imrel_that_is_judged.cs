using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

public sealed class The_imrel_that_is_judged
{
    [JudgingFact]
    public void Is_the_published_file() => ImrelProgram.File.ShouldBe(Published.Program);
}

/// <summary>A fact about a run that judges; on a desk any imrel may be tried.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JudgingFactAttribute : FactAttribute
{
    public JudgingFactAttribute() => Skip = Tools.MustBeThere ? null : "CI is not true";
}
