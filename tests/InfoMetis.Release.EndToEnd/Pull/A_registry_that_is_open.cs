using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_registry_that_is_open : PullTest
{
    [ToolFact("docker-registry")]
    public async Task Gives_every_kind_of_image_byte_for_byte()
    {
        await Site.PullAllAsync(Site.Manifest(Registry.Host, Images));

        Site.Store.ShouldHold(Images.Values);
    }

    [ToolTheory("docker-registry")]
    [InlineData("linux/arm64")]
    [InlineData("all")]
    public async Task Gives_the_platforms_that_are_asked_for(string platforms)
    {
        var several = Images.Where(image => image.Value.Children.Count > 0).ToList();

        await Site.PullAllAsync(Site.Manifest(Registry.Host, several), "--platform", platforms);

        Site.Store.ShouldHold(several.Select(image => image.Value), platforms == "all" ? null : platforms);
    }

    [ToolFact("docker-registry")]
    public async Task Is_not_asked_again_for_what_is_there()
    {
        await using var proxy = CuttingProxy.Faithful(Registry.Url);
        var manifest = Site.Manifest(proxy.Host, Images);
        await Site.PullAllAsync(manifest);
        var served = proxy.Served;

        var second = await Site.PullAllAsync(manifest);

        served.ShouldBeGreaterThan(0);
        proxy.Served.ShouldBe(served);
        second.Output.ShouldContain("nothing was fetched");
    }

    [ToolFact("docker-registry")]
    public async Task Is_only_asked_for_documents_by_a_dry_run()
    {
        await using var proxy = CuttingProxy.Faithful(Registry.Url);

        var finished = await Site.PullAllAsync(Site.Manifest(proxy.Host, Images), "--dry-run");

        finished.Output.ShouldContain("to fetch:");
        proxy.Served.ShouldBeLessThan(Images.Values.Sum(image => image.Size("linux/amd64")) / 4);
        Site.Store.Files().ShouldBeEmpty();
    }

    [ToolFact("docker-registry")]
    public async Task Gives_again_what_was_damaged_in_the_store()
    {
        await using var proxy = CuttingProxy.Faithful(Registry.Url);
        var manifest = Site.Manifest(proxy.Host, Images);
        await Site.PullAllAsync(manifest);
        var served = proxy.Served;
        var damaged = Images["team/oci"].Blobs[^1];
        var file = Site.Store.FileOf(damaged.Digest);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(file, [.. damaged.Bytes[..^1], (byte)(damaged.Bytes[^1] ^ 1)]);

        var verified = await Site.Imrel("store", "verify", "--store", Site.Store.Folder).ToEndAsync();
        await Site.PullAllAsync(manifest);

        verified.ExitCode.ShouldBe(30, verified.Output + verified.Error);
        (verified.Output + verified.Error).ShouldContain(damaged.Digest.Hex);
        (proxy.Served - served).ShouldBeInRange(damaged.Bytes.Length, damaged.Bytes.Length + 2000);
        Site.Store.ShouldHold(Images.Values);
    }

    [ToolFact("docker-registry")]
    public async Task Leaves_a_store_that_verifies()
    {
        var manifest = Site.Manifest(Registry.Host, Images);
        await Site.PullAllAsync(manifest);

        var verified = await Site.Imrel("store", "verify", manifest, "--store", Site.Store.Folder).ToEndAsync();

        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
    }
}
