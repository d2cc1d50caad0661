using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_store_that_others_read : PullTest
{
    [ToolTheory("docker-registry", "skopeo")]
    [InlineData("team/oci")]
    [InlineData("team/packings")]
    [InlineData("team/platforms")]
    [InlineData("team/repeats")]
    [InlineData("team/empty-layers")]
    public async Task Gives_skopeo_the_image_it_names(string repository)
    {
        await Site.PullAllAsync(Site.Manifest(Registry.Host, Images));
        var target = Site.Scratch.PathOf("copy");
        var name = $"oci:{Site.Store.Folder}:{Registry.Host}/{repository}:1.0";

        var copied = await new Run("skopeo", "--insecure-policy", "copy", name, $"dir:{target}").ToEndAsync();

        copied.ExitCode.ShouldBe(0, copied.Error);
        Directory.GetFiles(target).Length.ShouldBeGreaterThan(2);
    }

    [ToolTheory("docker-registry", "crane")]
    [InlineData("team/oci")]
    [InlineData("team/docker")]
    [InlineData("team/repeats")]
    [InlineData("team/platforms")]
    [InlineData("team/docker-platforms")]
    public async Task Gives_crane_what_it_pushes_on_under_the_same_digest(string repository)
    {
        var image = Images[repository];
        await Site.PullAllAsync(Site.Manifest(Registry.Host, (repository, image)), "--platform", "all");
        using var elsewhere = await RegistryProcess.StartAsync(new RegistrySetup(Site.Scratch.PathOf("elsewhere")));
        var name = $"{elsewhere.Host}/pushed/on:1.0";

        var pushed = await new Run("crane", "push", Site.Store.Folder, name).ToEndAsync();
        var digest = await new Run("crane", "digest", name).ToEndAsync();

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        digest.Output.Trim().ShouldBe(image.Root.Digest.ToString());
    }
}
