using System.Text.Json.Nodes;
using System.Xml.Linq;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

public sealed class The_papers_of_a_release : IDisposable
{
    private const string Runtime = ".App.Runtime.linux-x64";

    private readonly ScratchFolder _scratch = new();

    [PublishedFact("git")]
    public async Task Name_the_commit_that_the_program_names()
    {
        var said = await new Run(Published.Program, "--version").ToEndAsync();

        said.ShouldBe(new Finished(0, $"{Published.Version}\n", ""));
        Published.Version.ShouldEndWith($"+{Published.Commit}");
    }

    [PublishedFact("sha256sum")]
    public async Task List_every_file_with_its_hash()
    {
        var check = new Run("sha256sum", "--check", "--strict", "--quiet", Published.Sums)
        {
            Folder = Published.Folder,
        };
        var listed = File.ReadLines(Published.Sums).Select(line => line.Split("  ")[1]);

        (await check.ToEndAsync()).ShouldBe(new Finished(0, "", ""));
        Directory
            .GetFiles(Published.Folder)
            .Select(file => Path.GetFileName(file))
            .Where(name => !name.StartsWith("SHA256SUMS", StringComparison.Ordinal))
            .ShouldBe(listed, ignoreOrder: true);
    }

    [PublishedFact("openssl")]
    public async Task Are_signed_by_the_program_itself_as_openssl_verifies()
    {
        File.Copy(Published.Sums, _scratch.PathOf("SHA256SUMS"));
        await ImrelAsync("keygen", "--output", "release");
        await ImrelAsync("sign", ".", "--key", "release.key");

        await OpensslAsync("base64", "-d", "-A", "-in", "SHA256SUMS.sig", "-out", "signature");
        string[] verify = ["dgst", "-sha256", "-verify", "release.pub", "-signature", "signature", "SHA256SUMS"];
        (await OpensslAsync(verify)).ShouldBe(new Finished(0, "Verified OK\n", ""));
        File.Exists(_scratch.PathOf("SHA256SUMS.sigstore.json")).ShouldBeTrue();
        await File.AppendAllTextAsync(_scratch.PathOf("SHA256SUMS"), "\n");
        (await OpensslAsync(verify)).ExitCode.ShouldBe(1);
    }

    [PublishedSchemaFact]
    public async Task Hold_a_bill_of_materials_that_follows_what_CycloneDX_published()
    {
        var script = RepositoryRoot.PathOf("tests/InfoMetis.Release.EndToEnd/Bundle/validate_json.py");
        string[] schemas = [.. MaterialsSchemaFactAttribute.Schemas];

        (await new Run("python3", [script, Published.Materials, .. schemas]).ToEndAsync()).ShouldBe(
            new Finished(0, "", "")
        );
    }

    [PublishedFact]
    public void Name_everything_that_ships_by_the_hash_that_the_lock_files_hold()
    {
        var ships = XDocument
            .Load(RepositoryRoot.PathOf("Directory.Packages.props"))
            .Descendants("ItemGroup")
            .Single(group => (string?)group.Attribute("Label") == "What ships")
            .Elements()
            .Select(package => (string)package.Attribute("Include")!);
        var locked = JsonNode.Parse(
            File.ReadAllText(RepositoryRoot.PathOf("src", "InfoMetis.Release.Cli", "packages.lock.json"))
        )!["dependencies"]!["net10.0"]!;
        var named = Published.ReadMaterials()["components"]!.AsArray().ToDictionary(part => (string)part!["name"]!);

        var packages = named.Where(part => !part.Key.EndsWith(Runtime, StringComparison.Ordinal)).ToList();
        packages.Select(part => part.Key).ShouldBe(ships, ignoreOrder: true);
        foreach (var (name, part) in packages)
        {
            var hash = Convert.FromBase64String((string)locked[name]!["contentHash"]!);
            ((string)part!["version"]!).ShouldBe((string)locked[name]!["resolved"]!);
            ((string)part["hashes"]![0]!["content"]!).ShouldBe(Convert.ToHexStringLower(hash));
        }
        named.Keys.Except(packages.Select(part => part.Key)).Count().ShouldBe(2);
    }

    public void Dispose() => _scratch.Dispose();

    private async Task ImrelAsync(params string[] arguments)
    {
        var passphrase = new Dictionary<string, string?> { ["IMREL_KEY_PASSPHRASE"] = "of a test" };
        var run = new Run(Published.Program, arguments) { Folder = _scratch.Folder, Variables = passphrase };
        var finished = await run.ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
    }

    private Task<Finished> OpensslAsync(params string[] arguments) =>
        new Run("openssl", arguments) { Folder = _scratch.Folder }.ToEndAsync();
}
