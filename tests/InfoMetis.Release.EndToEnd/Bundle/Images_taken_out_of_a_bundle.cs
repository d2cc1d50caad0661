using System.Text;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>What other tools make of them.</summary>
public sealed class Images_taken_out_of_a_bundle : PullTest
{
    private const string Unjudged = "images made for a test are not judged";

    /// <summary>Not those whose root is in Docker's words: skopeo 1.9 passes them over wherever a layout names them.</summary>
    [ToolTheory("docker-registry", "skopeo")]
    [InlineData("team/oci")]
    [InlineData("team/packings")]
    [InlineData("team/platforms")]
    [InlineData("team/repeats")]
    [InlineData("team/empty-layers")]
    public async Task Are_read_and_copied_by_skopeo_byte_for_byte(string repository)
    {
        var archive = await ExtractAsync(await BundleAsync(), repository);
        var name = $"oci-archive:{archive}:{Registry.Host}/{repository}:1.0";
        var target = Site.Scratch.PathOf("copy");

        var raw = await new Run("skopeo", "inspect", "--raw", name).ToEndAsync();
        var copied = await new Run("skopeo", "--insecure-policy", "copy", name, $"dir:{target}").ToEndAsync();

        raw.Output.TrimEnd('\n').ShouldBe(Encoding.UTF8.GetString(Images[repository].Root.Bytes), raw.Error);
        copied.ExitCode.ShouldBe(0, copied.Error);
        Directory.GetFiles(target).Length.ShouldBeGreaterThan(2);
    }

    [ToolFact("docker-registry", "oras", "umoci", "tar")]
    public async Task Are_found_by_oras_by_digest_and_listed_by_umoci_under_every_name()
    {
        const string Repository = "team/platforms";
        var archive = await ExtractAsync(await BundleAsync("--compression", "gzip"), Repository);
        var root = Images[Repository].Root;
        var layout = Directory.CreateDirectory(Site.Scratch.PathOf("layout")).FullName;
        (await new Run("tar", "-xf", archive, "-C", layout).ToEndAsync()).ExitCode.ShouldBe(0);

        var fetched = await new Run(
            "oras",
            "manifest",
            "fetch",
            "--oci-layout",
            $"{layout}@{root.Digest}"
        ).ToEndAsync();
        var listed = await new Run("umoci", "list", "--layout", layout).ToEndAsync();

        fetched.Output.TrimEnd('\n').ShouldBe(Encoding.UTF8.GetString(root.Bytes), fetched.Error);
        var name = $"{Registry.Host}/{Repository}";
        listed
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([$"{name}:1.0", $"{name}@{root.Digest}", $"{name}:1.0@{root.Digest}"], ignoreOrder: true);
    }

    [ToolFact("docker-registry", "zstd", "tar", "cmp")]
    public async Task Are_all_together_what_zstd_and_tar_unpack()
    {
        var bundle = await BundleAsync("--part-size", "100000");
        var all = Site.Scratch.PathOf("all.tar");
        await SoundAsync("extract", bundle, "--all", "--output", all);

        var command = """cat "$1"/*.part* | zstd -dc | tar -xO images.tar | cmp - "$2" """;
        var compared = await new Run("sh", "-c", command, "sh", bundle, all).ToEndAsync();

        compared.ExitCode.ShouldBe(0, compared.Output + compared.Error);
    }

    private async Task<string> BundleAsync(params string[] more)
    {
        var manifest = Site.Manifest(Registry.Host, Images);
        await SoundAsync([
            "bundle",
            manifest,
            "--output",
            Site.Scratch.PathOf("out"),
            "--store",
            Site.Store.Folder,
            "--accept",
            $"IMR2001={Unjudged}",
            "--allow-unsigned",
            .. more,
        ]);
        return Directory.GetDirectories(Site.Scratch.PathOf("out")).ShouldHaveSingleItem();
    }

    private async Task<string> ExtractAsync(string bundle, string repository)
    {
        var archive = Site.Scratch.PathOf("image.tar");
        await SoundAsync("extract", bundle, "--image", repository.Split('/')[1], "--output", archive);
        return archive;
    }

    private async Task SoundAsync(params string[] arguments)
    {
        var finished = await Site.Imrel(arguments).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
    }
}
