using System.Text.Json;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>The script and the page for the field, beside the archive.</summary>
public sealed class A_bundle_that_installs_itself : IDisposable
{
    private readonly SampleRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void Has_a_script_that_knows_it(string compression)
    {
        var bundle = _release.Bundle("out", "--compression", compression);

        var script = File.ReadAllText(Path.Combine(bundle, "install.sh"));

        script.ShouldContain("bundle_name='infometis'\n");
        script.ShouldContain("bundle_version='0.5.0'\n");
        script.ShouldContain("bundle_platform='linux/amd64'\n");
        script.ShouldContain("bundle_k0s='v1.23.17+k0s.1'\n");
        script.ShouldContain($"bundle_kind='{compression}'\n");
        script.ShouldContain($"bundle_tool='{CommandLine.Version}'\n");
        using var inventory = JsonDocument.Parse(File.ReadAllText(Path.Combine(bundle, "inventory.json")));
        inventory.RootElement.GetProperty("tool").GetString().ShouldBe(CommandLine.Version);
        // What --stack goes by.
        inventory
            .RootElement.GetProperty("stacks")
            .EnumerateArray()
            .Select(stack => stack.GetString()!)
            .ShouldBe(ManifestReader.Read(_release.Manifest, [])!.Stacks);
    }

    [Fact]
    public void Has_the_page_for_the_field_beside_it_and_inside()
    {
        var bundle = _release.Bundle("out");
        var page = File.ReadAllText(Repository.PathTo("docs", "field-guide.md"));

        File.ReadAllText(Path.Combine(bundle, "FIELD-GUIDE.md")).ShouldBe(page);
        Imrel.Run("extract", bundle, "--file", "docs/field-guide.md", "--output", _release.PathOf("inside.md"));
        File.ReadAllText(_release.PathOf("inside.md")).ShouldBe(page);
    }

    [Fact]
    public void Lists_both_and_gives_them_the_same_mode_as_the_rest()
    {
        var bundle = _release.Bundle("out");

        var sums = File.ReadAllText(Path.Combine(bundle, "SHA256SUMS"));
        var mode = File.GetUnixFileMode(Path.Combine(bundle, "VERIFY.txt"));

        foreach (var name in (string[])["install.sh", "FIELD-GUIDE.md"])
        {
            sums.ShouldContain($"  {name}\n");
            File.GetUnixFileMode(Path.Combine(bundle, name)).ShouldBe(mode);
        }
    }

    [Theory]
    [InlineData("install.sh")]
    [InlineData("FIELD-GUIDE.md")]
    public void Is_not_whole_without_them(string name)
    {
        var bundle = _release.Bundle("out");
        File.Delete(Path.Combine(bundle, name));
        Listed(bundle).ShouldBe([(Codes.BundleFileMissing, name)]);

        // Nor where the list does not speak of it, signed though it may be.
        var sums = Path.Combine(bundle, "SHA256SUMS");
        File.WriteAllLines(sums, File.ReadAllLines(sums).Where(line => !line.EndsWith(name, StringComparison.Ordinal)));
        Listed(bundle).ShouldBe([(Codes.BundleFileMissing, name)]);

        File.WriteAllText(Path.Combine(bundle, name), "something else");
        Listed(bundle).ShouldBe([(Codes.BundleFileSurplus, name)]);
    }

    [Fact]
    public void May_have_a_script_that_another_version_of_imrel_wrote()
    {
        var bundle = _release.Bundle("out");
        File.AppendAllText(Path.Combine(bundle, "install.sh"), "# of another version\n");
        Relist(bundle);

        Listed(bundle).ShouldBeEmpty();
    }

    [Fact]
    public void Is_told_to_have_them_by_who_looks_into_it()
    {
        var bundle = _release.Bundle("out");
        Imrel.Run("inspect", bundle).Out.ShouldContain("install:   sh install.sh, as FIELD-GUIDE.md tells\n");
        File.Delete(Path.Combine(bundle, "install.sh"));
        Imrel.Run("inspect", bundle).Out.ShouldContain("install:   install.sh is not here\n");
        using var json = JsonDocument.Parse(Imrel.Run("inspect", bundle, "--format", "json").Out);
        var install = json.RootElement.GetProperty("install");
        install.GetProperty("script").GetBoolean().ShouldBeFalse();
        install.GetProperty("guide").GetBoolean().ShouldBeTrue();
    }

    private static List<(string Code, string Subject)> Listed(string bundle)
    {
        using var json = JsonDocument.Parse(Imrel.Run("verify", bundle, "--allow-unsigned", "--format", "json").Out);
        return
        [
            .. json
                .RootElement.GetProperty("findings")
                .EnumerateArray()
                .Where(finding => finding.GetProperty("severity").GetString() == "error")
                .Select(f => (f.GetProperty("code").GetString()!, f.GetProperty("subject").GetString()!)),
        ];
    }

    private static void Relist(string bundle)
    {
        var sums = Path.Combine(bundle, "SHA256SUMS");
        var lines = Directory
            .GetFiles(bundle)
            .Where(file => file != sums)
            .Select(file => new Checksum(Digest.Of(File.ReadAllBytes(file)), Path.GetFileName(file)));
        File.WriteAllText(sums, ChecksumList.Of(lines).ToString());
    }
}
