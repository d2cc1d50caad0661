using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Schema;

namespace InfoMetis.Release.EndToEnd.Cli;

/// <summary>Runs where the published schema lies beside the checkout and python3 can validate; never skipped where CI is true.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SarifSchemaFactAttribute : FactAttribute
{
    public SarifSchemaFactAttribute()
    {
        Skip = new SchemaFactAttribute().Skip;
        if (Skip is null && !Tools.MustBeThere && !File.Exists(Schema))
            Skip = "sarif-2.1.0.schema.json is not in ../shared/data/schemas";
    }

    public static string Schema { get; } =
        RepositoryRoot.PathOf("..", "shared", "data", "schemas", "sarif-2.1.0.schema.json");
}
