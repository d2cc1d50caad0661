using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Serving;

public sealed class A_bundle_that_others_pull_from(BundledRelease release) : IClassFixture<BundledRelease>
{
    private const string Tagged = "docker.io/confluentinc/cp-kafka:7.5.0";

    private BundleSite Site => release.Site;

    private static string[] Registries(PlatformImages images) =>
        [.. images.All.Keys.Select(PlatformImages.RegistryOf).Distinct()];

    private Task<ServeProcess> ServeAsync(params string[] more) =>
        ServeProcess.StartAsync(Site.Site.Imrel(["serve", release.Folder, .. more]));

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "skopeo")]
    public async Task Skopeo_copies_every_image_with_its_digest()
    {
        using var server = await ServeAsync();
        var number = 0;
        foreach (var (tagged, image) in release.Images.All)
        {
            var target = Site.Scratch.PathOf($"skopeo {number++}");
            string[] platform = ["--override-os", "linux", "--override-arch", "amd64"];
            string[] copy = ["--insecure-policy", "copy", "--preserve-digests", "--src-tls-verify=false"];
            var from = $"docker://{server.Host}/{PlatformImages.PathOf(tagged)}:{PlatformImages.TagOf(tagged)}";

            var copied = await new Run("skopeo", [.. platform, .. copy, from, $"dir:{target}"]).ToEndAsync();

            copied.ExitCode.ShouldBe(0, $"{tagged}: {copied.Error}");
            var manifest = InfoMetis.Release.Oci.Digest.Of(
                await File.ReadAllBytesAsync(Path.Combine(target, "manifest.json"))
            );
            image.Digests("linux/amd64").ShouldContain(manifest, tagged);
        }
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "crane")]
    public async Task Crane_finds_them_by_tag_by_digest_and_in_the_lists()
    {
        using var server = await ServeAsync();
        foreach (var (tagged, image) in release.Images.All)
        {
            (
                await CraneAsync(
                    "digest",
                    $"{server.Host}/{PlatformImages.PathOf(tagged)}:{PlatformImages.TagOf(tagged)}"
                )
            ).ShouldBe(image.Root.Digest.ToString());
            // With its registry, as the catalogue gives it.
            (await CraneAsync("digest", $"{server.Host}/{tagged}")).ShouldBe(image.Root.Digest.ToString());
        }
        (await CraneAsync("catalog", server.Host))
            .Split('\n')
            .ShouldBe(release.Images.All.Keys.Select(PlatformImages.RepositoryOf).Distinct(), ignoreOrder: true);
        (await CraneAsync("ls", $"{server.Host}/{PlatformImages.PathOf(Tagged)}")).ShouldBe("7.5.0");
        var layer = release.Images.All[Tagged].Digests("linux/amd64").Last();
        var file = Site.Scratch.PathOf("crane.tar");
        await CraneAsync(
            "pull",
            "--platform",
            "linux/amd64",
            $"{server.Host}/{PlatformImages.PathOf(Tagged)}:7.5.0",
            file
        );
        new FileInfo(file).Length.ShouldBeGreaterThan(0, layer.ToString());
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "oras")]
    public async Task Oras_copies_them_and_discovers_nothing_that_refers_to_them()
    {
        using var server = await ServeAsync();
        var (tagged, image) = release.Images.All.First(one => one.Value.Children.Count == 0);
        var from = $"{server.Host}/{tagged}";

        await OrasAsync("copy", "--from-plain-http", from, "--to-oci-layout", $"{Site.Scratch.PathOf("oras")}:copied");
        var discovered = await OrasAsync("discover", "--plain-http", "--format", "json", from);

        var index = JsonNode.Parse(await File.ReadAllTextAsync(Site.Scratch.PathOf("oras", "index.json")))!;
        ((string?)index["manifests"]![0]!["digest"]).ShouldBe(image.Root.Digest.ToString());
        discovered.ShouldNotContain("artifactType");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Imrel_pulls_the_release_from_it_as_from_a_mirror()
    {
        using var server = await ServeAsync();
        var mirrors = Registries(release.Images)
            .Select(registry => $"  {registry}:\n    mirrors: ['{server.Url}']\n    onlyMirrors: true\n");
        var rules = Site.Scratch.Write(
            "from the server.yaml",
            $"apiVersion: infometis.io/registries/v1\nregistries:\n{string.Concat(mirrors)}"
        );
        string[] options = ["--store", Site.Scratch.PathOf("from the server"), "--registries", rules];

        var pulled = await Site.Site.Imrel(["pull", Site.Manifest, .. options]).ToEndAsync();

        pulled.ExitCode.ShouldBe(0, pulled.Output + pulled.Error);
        pulled.Output.ShouldContain("is complete and verified");
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "openssl", "crane")]
    public async Task Speaks_TLS_with_a_certificate_of_the_site()
    {
        var authority = await Authority.MakeAsync(Site.Scratch);
        using var server = await ServeAsync("--tls", $"{authority.Server.File},{authority.Server.Key}");
        server.Url.Scheme.ShouldBe("https");
        server.Running.Text.ShouldContain($"[host.\"https://{server.Host}\"]");
        var crane = new Run("crane", "digest", $"{server.Host}/{Tagged}")
        {
            Variables = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = authority.File },
        };

        var digest = await crane.ToEndAsync();

        digest.Output.Trim().ShouldBe(release.Images.All[Tagged].Root.Digest.ToString(), digest.Error);
        (await new Run("crane", "digest", $"{server.Host}/{Tagged}").ToEndAsync()).ExitCode.ShouldNotBe(0);
    }

    [RootFact("docker-registry", "busybox", "zstd", "tar", "containerd", "ctr", "unshare")]
    public async Task Containerd_pulls_every_image_under_its_own_name_by_what_is_printed_for_it()
    {
        using var server = await ServeAsync("--verbose");
        using var scratch = new ScratchFolder();
        using var containerd = await ContainerdProcess.StartAsync(scratch);
        var hosts = scratch.PathOf("certs.d");
        server.WriteHosts(hosts, Registries(release.Images));
        foreach (var (tagged, image) in release.Images.All)
        {
            var pulled = await containerd.PullAsync(tagged, hosts);

            pulled.ExitCode.ShouldBe(0, $"{tagged}: {pulled.Output}{pulled.Error}");
            (await containerd.ListAsync()).ShouldContain($"{tagged} {image.Root.MediaType} {image.Root.Digest}");
        }
        var digest = $"{PlatformImages.RepositoryOf(Tagged)}@{release.Images.All[Tagged].Root.Digest}";
        (await containerd.PullAsync(digest, hosts)).ExitCode.ShouldBe(0);
        server.Running.Text.ShouldContain("?ns=docker.io");
        // What is not served is asked of nobody else.
        var absent = await containerd.PullAsync("docker.io/confluentinc/cp-kafka:7.6.0", hosts);
        absent.ExitCode.ShouldNotBe(0);
        absent.Error.ShouldContain("not found");
    }

    private static async Task<string> CraneAsync(params string[] arguments)
    {
        var finished = await new Run("crane", [arguments[0], "--insecure", .. arguments[1..]]).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
        return finished.Output.Trim();
    }

    private static async Task<string> OrasAsync(params string[] arguments)
    {
        var finished = await new Run("oras", arguments).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
        return finished.Output;
    }
}
