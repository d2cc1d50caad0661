using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

/// <summary>A fact about what was published; skipped on a desk where nothing of this commit was, but not where CI is true.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = Published.Objection ?? Harness.Tools.Objection(tools, Harness.Tools.MustBeThere);
    }

    public IReadOnlyList<string> Tools { get; }
}

/// <summary>As <see cref="PublishedFactAttribute"/>, where the schemas of CycloneDX lie.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedSchemaFactAttribute : FactAttribute
{
    public PublishedSchemaFactAttribute() => Skip = Published.Objection ?? new MaterialsSchemaFactAttribute().Skip;
}

/// <summary>As <see cref="PublishedFactAttribute"/>, on a host made for it, which only root can do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BareHostFactAttribute : FactAttribute
{
    public BareHostFactAttribute() => Skip = Objection;

    public static string? Objection => Published.Objection ?? new RootFactAttribute([.. BareHost.Tools]).Skip;
}

/// <summary>As <see cref="BareHostFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BareHostTheoryAttribute : TheoryAttribute
{
    public BareHostTheoryAttribute() => Skip = BareHostFactAttribute.Objection;
}
