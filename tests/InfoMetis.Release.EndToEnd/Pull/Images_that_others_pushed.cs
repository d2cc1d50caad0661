using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>Each is taken out of one registry and pushed to another by a program that writes manifests of its own.</summary>
public sealed class Images_that_others_pushed : PullTest, IAsyncLifetime
{
    private const string Repository = "pushed/image";

    private RegistryProcess? _target;

    private RegistryProcess Target => _target ?? throw new InvalidOperationException("not started");

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _target = await RegistryProcess.StartAsync(new RegistrySetup(Site.Scratch.PathOf("target")));
    }

    Task IAsyncLifetime.DisposeAsync()
    {
        _target?.Dispose();
        return DisposeAsync();
    }

    [ToolTheory("docker-registry", "skopeo")]
    [InlineData("team/oci", "oci")]
    [InlineData("team/oci", "v2s2")]
    [InlineData("team/docker", "oci")]
    [InlineData("team/docker", "v2s2")]
    [InlineData("team/packings", "oci")]
    [InlineData("team/repeats", "v2s2")]
    [InlineData("team/empty-layers", "v2s2")]
    public async Task Are_whole_when_skopeo_wrote_the_manifest(string repository, string format)
    {
        var digest = await SkopeoAsync($"docker://{Name(Registry, repository)}", "--format", format);

        var pushed = await PullAsync(digest);

        pushed.Root.MediaType.ShouldBe((format == "oci" ? Dialect.Oci : Dialect.Docker).Manifest);
        pushed.Blobs.Count.ShouldBe(Images[repository].Blobs.Count);
    }

    [ToolTheory("docker-registry", "skopeo")]
    [InlineData("team/platforms", "linux/amd64")]
    [InlineData("team/platforms", "all")]
    [InlineData("team/docker-platforms", "linux/arm64")]
    public async Task Are_whole_for_each_platform_that_skopeo_copied(string repository, string platform)
    {
        var digest = await SkopeoAsync($"docker://{Name(Registry, repository)}", "--all");

        var pushed = await PullAsync(digest, platform);

        pushed.Children.Count.ShouldBe(Images[repository].Children.Count);
    }

    [ToolTheory("docker-registry", "crane")]
    [InlineData("team/oci")]
    [InlineData("team/docker")]
    [InlineData("team/repeats")]
    public async Task Are_whole_when_crane_pushed_a_layout(string repository)
    {
        var layout = Site.Scratch.PathOf("layout");
        await ToolAsync("crane", "pull", "--format=oci", Name(Registry, repository), layout);

        var pushed = await PullAsync(await CraneAsync(layout));

        pushed.Root.Digest.ShouldBe(Images[repository].Root.Digest);
    }

    [ToolTheory("docker-registry", "crane", "skopeo")]
    [InlineData("team/oci")]
    [InlineData("team/docker")]
    [InlineData("team/empty-layers")]
    public async Task Are_whole_when_crane_pushed_what_docker_saved(string repository)
    {
        var saved = Site.Scratch.PathOf("saved.tar");
        await CopyAsync($"docker://{Name(Registry, repository)}", $"docker-archive:{saved}:saved:1.0");

        var pushed = await PullAsync(await CraneAsync(saved));

        pushed.Root.MediaType.ShouldBe(Dialect.Docker.Manifest);
        pushed.Blobs.Count.ShouldBe(Images[repository].Blobs.Count);
    }

    private static string Name(RegistryProcess registry, string repository) => $"{registry.Host}/{repository}:1.0";

    /// <returns>The digest under which skopeo says that it pushed.</returns>
    private async Task<string> SkopeoAsync(string image, params string[] options)
    {
        var digest = Site.Scratch.PathOf("digest");
        await CopyAsync([.. options, "--digestfile", digest, image, $"docker://{Name(Target, Repository)}"]);
        return (await File.ReadAllTextAsync(digest)).Trim();
    }

    /// <returns>The digest under which crane says that it pushed.</returns>
    private async Task<string> CraneAsync(string image)
    {
        var pushed = await ToolAsync("crane", "push", image, Name(Target, Repository));
        return pushed.Output.Trim().Split('@')[1];
    }

    private static Task<Finished> CopyAsync(params string[] arguments) =>
        ToolAsync(
            "skopeo",
            ["--insecure-policy", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", .. arguments]
        );

    private static async Task<Finished> ToolAsync(string tool, params string[] arguments)
    {
        var finished = await new Run(tool, arguments).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
        return finished;
    }

    private async Task<MadeImage> PullAsync(string digest, string platform = "linux/amd64")
    {
        using var target = new ReadBack(Target.Url, Repository);
        var pushed = await target.ImageAsync(digest);

        await Site.PullAllAsync(Site.Manifest(Target.Host, (Repository, pushed)), "--platform", platform);

        Site.Store.ShouldHold([pushed], platform == "all" ? null : platform);
        return pushed;
    }
}
