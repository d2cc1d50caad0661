namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>A fact that is skipped, with the reason, where one of its tools is missing; never where CI is true.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = Harness.Tools.Objection(tools, Harness.Tools.MustBeThere);
    }

    public IReadOnlyList<string> Tools { get; }
}

/// <summary>As <see cref="ToolFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = Harness.Tools.Objection(tools, Harness.Tools.MustBeThere);
    }

    public IReadOnlyList<string> Tools { get; }
}
