using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Push;

/// <summary>A bundle of one platform, and docker-registry, which takes no index without its other platforms.</summary>
public sealed class A_bundle_that_is_pushed(BundledRelease release) : IClassFixture<BundledRelease>
{
    private const int Denied = 20;

    private BundleSite Made => release.Site;

    private Site Site => Made.Site;

    private IEnumerable<KeyValuePair<string, MadeImage>> Indexes =>
        release.Images.All.Where(image => image.Value.Children.Count > 0);

    [ToolTheory("docker-registry", "busybox", "zstd", "tar", "crane")]
    [InlineData("1")]
    [InlineData("16")]
    public async Task Is_served_by_name_and_by_the_digests_that_pods_are_pinned_to(string jobs)
    {
        using var registry = await StartAsync();

        var pushed = await Site.Imrel("push", release.Folder, registry.Host, "--platform-only", "--jobs", jobs)
            .ToEndAsync();

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        pushed.Error.Split("IMR3021").Length.ShouldBe(Indexes.Count() + 1);
        foreach (var (tagged, image) in release.Images.All)
        {
            var name = $"{registry.Host}/{PlatformImages.PathOf(tagged)}";
            var pinned = await CraneAsync("manifest", $"{name}@{image.Root.Digest}");
            pinned.TrimEnd().ShouldBe(System.Text.Encoding.UTF8.GetString(image.Root.Bytes));
            var served = image.Children.FirstOrDefault(child => child.Platform == "linux/amd64") ?? image;
            (await CraneAsync("digest", $"{name}:{PlatformImages.TagOf(tagged)}"))
                .Trim()
                .ShouldBe(served.Root.Digest.ToString());
        }
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Is_refused_image_by_image_where_nobody_said_that_a_platform_will_do()
    {
        using var registry = await StartAsync();

        var pushed = await Site.Imrel("push", release.Folder, registry.Host).ToEndAsync();

        pushed.ExitCode.ShouldBe(Denied, pushed.Error);
        pushed.Error.Split("IMR3020").Length.ShouldBe(Indexes.Count() + 1);
        var whole = release.Images.All.Count - Indexes.Count();
        pushed.Output.ShouldContain($"{whole} of {release.Images.All.Count} images there and read back");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Sends_no_blob_the_second_time_and_none_twice_the_first_time()
    {
        using var registry = await StartAsync();
        await using var proxy = CuttingProxy.Faithful(registry.Url);

        var first = await PushAsync(proxy.Host, release.Folder, "--platform-only");
        var second = await PushAsync(proxy.Host, release.Folder, "--platform-only");

        var shared = release
            .Images.All.Values.SelectMany(image => image.Digests("linux/amd64"))
            .GroupBy(digest => digest)
            .Count(group => group.Count() > 1);
        shared.ShouldBeGreaterThan(0);
        ((long)first["pushed"]!).ShouldBe((long)first["size"]!);
        ((int)first["blobsPushed"]!).ShouldBe((int)first["blobs"]!);
        ((int)first["blobsLinked"]!).ShouldBeGreaterThan(0);
        ((long)second["toPush"]!).ShouldBe(0);
        ((long)second["pushed"]!).ShouldBe(0);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "skopeo", "oras")]
    public async Task Is_pushed_from_parts_on_the_medium_and_copied_on_by_others()
    {
        var parts = await Made.BundleAsync("parts", "--part-size", "1MB");
        using var registry = await StartAsync();
        var files = Directory.GetFiles(parts, "*.part*").OrderDescending(StringComparer.Ordinal).ToArray();
        files.Length.ShouldBeGreaterThan(1);

        var pushed = await Site.Imrel(["push", .. files, $"{registry.Host}/site", "--platform-only"]).ToEndAsync();

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        var (tagged, image) = release.Images.All.First(one => one.Value.Children.Count == 0);
        var name = $"{registry.Host}/site/{PlatformImages.PathOf(tagged)}:{PlatformImages.TagOf(tagged)}";
        string[] inspect =
        [
            "inspect",
            "--no-tags",
            "--tls-verify=false",
            "--format",
            "{{.Digest}}",
            $"docker://{name}",
        ];
        var skopeo = await new Run("skopeo", inspect).ToEndAsync();
        skopeo.Output.Trim().ShouldBe(image.Root.Digest.ToString(), skopeo.Error);
        var layout = $"{Made.Scratch.PathOf("copied by oras")}:1";
        string[] copy = ["copy", "--from-plain-http", "--to-oci-layout", name, layout];
        var oras = await new Run("oras", copy).ToEndAsync();
        oras.ExitCode.ShouldBe(0, oras.Error);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Is_pulled_from_there_into_the_same_store()
    {
        using var registry = await StartAsync();
        await PushAsync(registry.Host, release.Folder, "--platform-only");
        var mirrors = release.Images.All.Keys.Select(PlatformImages.RegistryOf).Distinct();
        var mirrored = mirrors.Select(one => $"  {one}:\n    mirrors: ['{registry.Url}']\n    onlyMirrors: true\n");
        var registries = Made.Scratch.Write(
            "site.yaml",
            $"apiVersion: infometis.io/registries/v1\nregistries:\n{string.Concat(mirrored)}"
        );
        var store = new StoredLayout(Made.Scratch.PathOf("pulled from the site"));
        string[] pull = ["pull", Made.Manifest, "--store", store.Folder, "--registries", registries];

        var pulled = await Site.Imrel(pull).ToEndAsync();

        pulled.ExitCode.ShouldBe(0, pulled.Error);
        store.ShouldHold(release.Images.All.Values);
    }

    [RootFact("docker-registry", "busybox", "zstd", "tar", "ctr", "containerd", "unshare")]
    public async Task Is_what_containerd_gets_for_a_pod_that_is_pinned_and_for_one_that_is_not()
    {
        using var registry = await StartAsync();
        await PushAsync(registry.Host, release.Folder, "--platform-only");
        using var scratch = new ScratchFolder();
        foreach (var host in release.Images.All.Keys.Select(PlatformImages.RegistryOf).Distinct())
            scratch.Write(
                $"certs.d/{host}/hosts.toml",
                $"server = '{registry.Url}'\n[host.'{registry.Url}']\n  capabilities = ['pull', 'resolve']\n"
            );
        using var containerd = await ContainerdProcess.StartAsync(scratch);
        var (tagged, image) = Indexes.First();

        foreach (var name in new[] { tagged, $"{PlatformImages.RepositoryOf(tagged)}@{image.Root.Digest}" })
        {
            var pulled = await containerd.PullAsync(name, scratch.PathOf("certs.d"));
            pulled.ExitCode.ShouldBe(0, pulled.Error);
        }

        await containerd.ShouldRunAsync($"{PlatformImages.RepositoryOf(tagged)}@{image.Root.Digest}");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "oras", "openssl")]
    public async Task Is_there_as_one_artifact_that_oras_unpacks_and_openssl_verifies()
    {
        using var registry = await StartAsync();
        string[] push = ["push", "--release", release.Folder, $"{registry.Host}/infometis/release"];

        var pushed = await Site.Imrel(push).ToEndAsync();

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        var reference = pushed.Output.Trim();
        var unpacked = Made.Scratch.PathOf("papers");
        var oras = await new Run("oras", "pull", "--plain-http", "-o", unpacked, reference).ToEndAsync();
        oras.ExitCode.ShouldBe(0, oras.Error);
        string[] check =
        [
            "-c",
            "cd \"$1\" && base64 -d SHA256SUMS.sig >one.sig && openssl dgst -sha256 -verify \"$2\" -signature one.sig SHA256SUMS && grep inventory.json SHA256SUMS | sha256sum -c",
            "sh",
            unpacked,
            Made.PublicKey,
        ];
        var verified = await new Run("sh", check).ToEndAsync();
        verified.Output.ShouldContain("Verified OK", customMessage: verified.Error);
        verified.Output.ShouldContain("inventory.json: OK");
        var inspected = await Site.Imrel("inspect", reference, "--key", Made.PublicKey).ToEndAsync();
        inspected.ExitCode.ShouldBe(0, inspected.Error);
        inspected.Output.ShouldContain("1 signature, by\n         sha256:");
    }

    /// <summary>Pushes, expects all of it there, and gives the report of it.</summary>
    private async Task<JsonNode> PushAsync(string host, string source, params string[] more)
    {
        var report = Made.Scratch.PathOf($"{Path.GetRandomFileName()}.json");
        var pushed = await Site.Imrel(["push", source, host, "--report", report, .. more]).ToEndAsync();
        pushed.ExitCode.ShouldBe(0, pushed.Error);
        return JsonNode.Parse(await File.ReadAllTextAsync(report))!["result"]!;
    }

    private static async Task<string> CraneAsync(params string[] arguments)
    {
        var said = await new Run("crane", arguments).ToEndAsync();
        said.ExitCode.ShouldBe(0, said.Error);
        return said.Output;
    }

    private Task<RegistryProcess> StartAsync() =>
        RegistryProcess.StartAsync(new RegistrySetup(Made.Scratch.PathOf(Path.GetRandomFileName())));
}
