using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>Held by a validator that others wrote, and by imrel, which did not write it either.</summary>
[Collection(Installing.Name)]
public sealed class The_receipt_of_an_install(Installing bundles)
{
    private static readonly string Schema = RepositoryRoot.PathOf("docs", "schema", "receipt-v1.schema.json");

    private static readonly string Validator = RepositoryRoot.PathOf(
        "tests",
        "InfoMetis.Release.EndToEnd",
        "Bundle",
        "validate_json.py"
    );

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare", "python3")]
    [InlineData("layout")]
    [InlineData("k0s", "--only", "kafka,traefik")]
    [InlineData("k0s")]
    [InlineData("containerd")]
    [InlineData("containerd", "--stack", "kafka-ecosystem")]
    public async Task Proves_it_by_itself_and_against_the_bundle(string target, params string[] chosen)
    {
        using var host = new Host().WithK0s();
        await host.StartContainerdAsync();
        var into = target switch
        {
            "k0s" => host.IntoK0s,
            "layout" => host.IntoLayout,
            _ => host.IntoContainerd,
        };
        (await host.InstallAsync(bundles, [.. chosen, .. into])).ShouldSay(0, "installed and proved");
        var receipt = host.Receipts.ShouldHaveSingleItem();

        await ShouldFollowTheSchemaAsync(receipt);
        (await Imrel("verify", "--receipt", receipt).ToEndAsync()).ShouldEndWell();
        (
            await Imrel("verify", bundles.Folder, "--key", bundles.Key, "--receipt", receipt).ToEndAsync()
        ).ShouldEndWell();

        var digest = Installing.Images.All.Values.ElementAt(1).Root.Digest.ToString();
        var changed = (await File.ReadAllTextAsync(receipt)).Replace(
            digest,
            "sha256:" + new string('0', 64),
            StringComparison.Ordinal
        );
        var other = host.Scratch.Write("other.json", changed);
        var judged = await Imrel("verify", bundles.Folder, "--key", bundles.Key, "--receipt", other).ToEndAsync();
        judged.ExitCode.ShouldNotBe(0, judged.Output);
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare", "python3")]
    public async Task Follows_its_schema_when_it_is_a_report_of_what_failed()
    {
        using var host = new Host();
        var report = host.Scratch.PathOf("report.json");
        using var medium = new Medium(bundles.Folder);
        await File.WriteAllTextAsync(medium.PathOf("a \"file\" \\ with\ta tab"), "");

        (await host.InstallAsync(bundles, ["--dry-run", .. host.IntoLayout])).ShouldSay(0);
        await ShouldFollowTheSchemaAsync(report);
        (await host.InstallAsync(bundles, "--verify-only")).ShouldSay(0);
        await ShouldFollowTheSchemaAsync(report);
        (await host.InstallAsync(bundles, [.. host.IntoLayout, medium.Folder])).ShouldSay(30, "IMR5105");
        await ShouldFollowTheSchemaAsync(report);
        host.Report["findings"]![0]!["subject"]!.ToString().ShouldBe("a \"file\" \\ with\ta tab");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(40, "IMR6014");
        await ShouldFollowTheSchemaAsync(report);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoLayout])).ShouldSay(50, "IMR6206");
        await ShouldFollowTheSchemaAsync(report);
        (await Imrel("verify", "--receipt", report).ToEndAsync()).ExitCode.ShouldNotBe(0);
    }

    private static async Task ShouldFollowTheSchemaAsync(string document)
    {
        var judged = await new Run("python3", Validator, document, Schema).ToEndAsync();
        judged.ShouldBe(new Finished(0, "", ""), await File.ReadAllTextAsync(document));
    }

    private Run Imrel(params string[] arguments) => bundles.Site.Site.Imrel(arguments);
}
