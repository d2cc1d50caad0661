namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>A fact that only root can find out; skipped on the desk of anybody else, but not where CI is true.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute(params string[] tools)
    {
        Tools = tools;
        Skip =
            Harness.Tools.Objection(tools, Harness.Tools.MustBeThere)
            ?? (Environment.IsPrivilegedProcess || Harness.Tools.MustBeThere ? null : "only root can do this");
    }

    public IReadOnlyList<string> Tools { get; }
}

/// <summary>As <see cref="RootFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = new RootFactAttribute(tools).Skip;
    }

    public IReadOnlyList<string> Tools { get; }
}
