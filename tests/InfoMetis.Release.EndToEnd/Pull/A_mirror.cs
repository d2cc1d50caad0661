using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_mirror : PullTest
{
    private const string Unreachable = "registry.invalid";

    [ToolFact("docker-registry")]
    public async Task Serves_under_the_path_it_was_given_and_the_registry_is_never_asked()
    {
        foreach (var (repository, image) in Images)
            await Registry.PushAsync($"hub/{repository}", "1.0", image);
        await using var proxy = CuttingProxy.Faithful(Registry.Url);
        var manifest = Site.Manifest(Unreachable, Images);
        var registries = Site.Registries($"  {Unreachable}:\n    mirrors: ['{proxy.Url}hub']\n    onlyMirrors: true\n");

        await Site.PullAllAsync(manifest, "--registries", registries);

        Site.Store.ShouldHold(Images.Values);
        proxy.Opened.ShouldBeGreaterThan(0);
    }

    [ToolFact("docker-registry")]
    public async Task Fetches_what_it_is_asked_for_where_it_is_a_cache()
    {
        var cache = new RegistrySetup(Site.Scratch.PathOf("cache")) { Upstream = Registry.Url };
        using var mirror = await RegistryProcess.StartAsync(cache);
        var manifest = Site.Manifest(Unreachable, Images);
        var registries = Site.Registries($"  {Unreachable}:\n    mirrors: ['{mirror.Url}']\n    onlyMirrors: true\n");

        await Site.PullAllAsync(manifest, "--registries", registries);

        Site.Store.ShouldHold(Images.Values);
    }

    [ToolFact("docker-registry")]
    public async Task Is_passed_over_with_a_warning_where_it_lacks_an_image()
    {
        var bare = new RegistrySetup(Site.Scratch.PathOf("bare"));
        using var mirror = await RegistryProcess.StartAsync(bare);
        var manifest = Site.Manifest(Registry.Host, Images);
        var registries = Site.Registries($"  '{Registry.Host}':\n    mirrors: ['{mirror.Url}']\n");

        var finished = await Site.PullAllAsync(manifest, "--registries", registries);

        finished.Error.ShouldContain("IMR3110");
        Site.Store.ShouldHold(Images.Values);
    }

    [ToolFact("docker-registry")]
    public async Task Is_refused_where_it_serves_other_bytes()
    {
        var corrupt = new RegistrySetup(Site.Scratch.PathOf("corrupt"));
        using var mirror = await RegistryProcess.StartAsync(corrupt);
        var image = Images["team/oci"];
        await mirror.PushAsync("team/oci", "1.0", image);
        var layer = image.Blobs[^1];
        var stored = Path.Combine(corrupt.Folder, "docker/registry/v2/blobs/sha256");
        var data = Path.Combine(stored, layer.Digest.Hex[..2], layer.Digest.Hex, "data");
        await File.WriteAllBytesAsync(data, [.. layer.Bytes.Select(one => (byte)~one)]);
        var manifest = Site.Manifest(Registry.Host, ("team/oci", image));
        var registries = Site.Registries($"  '{Registry.Host}':\n    mirrors: ['{mirror.Url}']\n");

        var finished = await Site.PullAllAsync(manifest, "--registries", registries);

        finished.Error.ShouldContain("IMR3204");
        Site.Store.ShouldHold([image]);
    }
}
