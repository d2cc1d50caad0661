using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>Held by a validator that others wrote, against the schemas.</summary>
public sealed class The_documents_of_a_bundle(BundledRelease release) : IClassFixture<BundledRelease>
{
    private static readonly string Inventory = RepositoryRoot.PathOf("docs", "schema", "inventory-v1.schema.json");

    private string Materials => Path.Combine(release.Unpacked, "infometis", "bill-of-materials.cdx.json");

    [MaterialsSchemaFact]
    public async Task Are_an_inventory_that_follows_its_schema()
    {
        foreach (var inventory in new[] { release.Folder, Path.Combine(release.Unpacked, "infometis") })
            (await ValidateAsync(Path.Combine(inventory, "inventory.json"), Inventory)).ShouldBeEmpty();
    }

    [MaterialsSchemaFact]
    public async Task Are_a_bill_of_materials_that_follows_what_CycloneDX_published() =>
        (await ValidateAsync(Materials, [.. MaterialsSchemaFactAttribute.Schemas])).ShouldBeEmpty();

    [MaterialsSchemaFact]
    public async Task Are_told_from_what_does_not_follow()
    {
        var inventory = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(release.Folder, "inventory.json")))!;
        inventory["images"]![0]!["digest"] = "sha256:short";
        var materials = JsonNode.Parse(await File.ReadAllTextAsync(Materials))!;
        materials["components"]![0]!["type"] = "unheard of";
        using var scratch = new ScratchFolder();

        (await ValidateAsync(scratch.Write("inventory.json", inventory.ToJsonString()), Inventory)).ShouldStartWith(
            "images/0/digest "
        );
        (
            await ValidateAsync(
                scratch.Write("materials.json", materials.ToJsonString()),
                [.. MaterialsSchemaFactAttribute.Schemas]
            )
        ).ShouldContain("components/0");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Name_every_image_by_its_digest()
    {
        var inventory = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(release.Folder, "inventory.json")))!;
        var materials = await File.ReadAllTextAsync(Materials);

        inventory["images"]!
            .AsArray()
            .SelectMany(image => image!["names"]!.AsArray().Select(name => (string)name!))
            .ShouldBe(release.Images.Names, ignoreOrder: true);
        foreach (var image in release.Images.All.Values)
            materials.ShouldContain(image.Root.Digest.Hex);
    }

    /// <summary>What is wrong, by place.</summary>
    private static async Task<string> ValidateAsync(string document, params string[] schemas)
    {
        var script = RepositoryRoot.PathOf("tests/InfoMetis.Release.EndToEnd/Bundle/validate_json.py");
        var finished = await new Run("python3", [script, document, .. schemas]).ToEndAsync();
        finished.Error.ShouldBeEmpty();
        finished.ExitCode.ShouldBe(finished.Output.Length > 0 ? 1 : 0);
        return finished.Output;
    }
}
