using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Cli;

public sealed class Sarif_of_a_check
{
    private const string Validate = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        jsonschema.validators.validator_for(schema)(schema).validate(json.load(open(sys.argv[2])))
        """;

    /// <summary>The schema is not ours to carry: it is published beside the tests of CI.</summary>
    [SarifSchemaFact]
    public async Task Is_valid_by_the_published_schema()
    {
        using var folder = new ScratchFolder();
        var check = await new Run(
            ImrelProgram.File,
            "check",
            "releases/v0.5.0.yaml",
            "releases/v0.4.0.yaml",
            "--format",
            "sarif"
        ).ToEndAsync();
        check.ExitCode.ShouldBe(11, check.Error);
        var sarif = folder.Write("check.sarif", check.Output);

        var validated = await new Run("python3", "-c", Validate, SarifSchemaFactAttribute.Schema, sarif).ToEndAsync();

        validated.ExitCode.ShouldBe(0, validated.Error);
    }

    [SarifSchemaFact]
    public async Task Is_told_from_what_is_not_valid()
    {
        using var folder = new ScratchFolder();
        var sarif = folder.Write("bad.sarif", """{ "version": "2.1.0", "runs": [{ "results": [{}] }] }""");

        var validated = await new Run("python3", "-c", Validate, SarifSchemaFactAttribute.Schema, sarif).ToEndAsync();

        validated.ExitCode.ShouldNotBe(0);
    }
}
