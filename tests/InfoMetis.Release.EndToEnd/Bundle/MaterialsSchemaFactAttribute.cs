using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Schema;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>Runs where the schemas that CycloneDX publishes lie beside the checkout; never skipped where CI is true.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MaterialsSchemaFactAttribute : FactAttribute
{
    public MaterialsSchemaFactAttribute()
    {
        Skip =
            new SchemaFactAttribute().Skip
            ?? Tools.Objection(["docker-registry", "busybox", "zstd", "tar"], Tools.MustBeThere);
        if (Skip is null && !Tools.MustBeThere && !Schemas.All(File.Exists))
            Skip = "bom-1.6.schema.json is not in ../shared/data/schemas";
    }

    /// <summary>The first refers to the others.</summary>
    public static IReadOnlyList<string> Schemas { get; } =
    [
        .. new[] { "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json" }.Select(file =>
            RepositoryRoot.PathOf("..", "shared", "data", "schemas", file)
        ),
    ];
}
