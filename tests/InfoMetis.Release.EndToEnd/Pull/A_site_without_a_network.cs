using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_site_without_a_network : PullTest
{
    [ToolFact("docker-registry", "unshare")]
    public async Task Needs_none_for_what_is_there()
    {
        var manifest = Site.Manifest(Registry.Host, Images);
        await Site.PullAllAsync(manifest);

        var finished = await Offline(Site.Pull(manifest, "--offline")).ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
    }

    [ToolFact("docker-registry", "unshare")]
    public async Task Names_what_is_missing()
    {
        var manifest = Site.Manifest(Registry.Host, Images);
        await Site.PullAllAsync(manifest);
        var missing = Images["team/oci"].Blobs[1].Digest;
        File.Delete(Site.Store.FileOf(missing));

        var finished = await Offline(Site.Pull(manifest, "--offline")).ToEndAsync();

        finished.ExitCode.ShouldNotBe(0);
        finished.Error.ShouldContain(missing.ToString());
    }

    [ToolFact("docker-registry", "unshare", "skopeo")]
    public Task Takes_a_release_from_a_layout_folder() => TakesAsync("oci", "layout");

    [ToolFact("docker-registry", "unshare", "skopeo")]
    public Task Takes_a_release_from_an_archive_of_a_layout() => TakesAsync("oci-archive", "layout.tar");

    /// <summary>What docker-registry holds in Docker's words skopeo writes in OCI's, under another digest: only OCI here.</summary>
    private async Task TakesAsync(string transport, string file)
    {
        var image = Images["team/platforms"];
        var layout = $"{transport}:{Site.Scratch.PathOf(file)}";
        string[] copy = ["--insecure-policy", "copy", "--all", "--preserve-digests", "--src-tls-verify=false"];
        var name = $"docker://{Registry.Host}/team/platforms@{image.Root.Digest}";
        var copied = await new Run("skopeo", [.. copy, name, $"{layout}:team/platforms:1.0"]).ToEndAsync();
        copied.ExitCode.ShouldBe(0, copied.Error);
        var manifest = Site.Manifest("registry.invalid", ("team/platforms", image));

        var finished = await Offline(Site.Pull(manifest, "--from", layout)).ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
        Site.Store.ShouldHold([image]);
    }

    /// <summary>Runs it where there is no interface at all, not even that of the machine to itself.</summary>
    private static Run Offline(Run run) =>
        run with
        {
            Program = "unshare",
            Arguments = ["--user", "--map-root-user", "--net", run.Program, .. run.Arguments],
        };
}
