using System.Text;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>images.tar as skopeo reads archives, and unpacked as crane, oras and umoci read layouts.</summary>
public sealed class Images_tar_read_by_others(BundledRelease release) : IClassFixture<BundledRelease>
{
    private static readonly string[] Platform = ["--override-os", "linux", "--override-arch", "amd64"];

    /// <summary>A manifest and an index of OCI's, in that order.</summary>
    private IEnumerable<KeyValuePair<string, MadeImage>> OfOci =>
        release.Images.All.Where(image => image.Value.Root.MediaType.Contains("oci", StringComparison.Ordinal));

    private KeyValuePair<string, MadeImage> OneIndex => OfOci.First(image => image.Value.Children.Count > 0);

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "skopeo")]
    public async Task Is_inspected_by_skopeo_under_every_name()
    {
        var (tagged, image) = OfOci.First();
        var (index, sparse) = OneIndex;
        foreach (var (name, digest) in Named(tagged, image).Concat(Named(index, sparse)))
        {
            string[] inspect = ["inspect", "--no-tags", $"oci-archive:{release.ImagesTar}:{name}"];
            var inspected = await new Run("skopeo", [.. Platform, .. inspect]).ToEndAsync();

            inspected.ExitCode.ShouldBe(0, $"{name}: {inspected.Error}");
            ((string?)JsonNode.Parse(inspected.Output)!["Architecture"]).ShouldBe("amd64");
            inspected.Output.ShouldContain(digest);
        }
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "skopeo", "crane")]
    public async Task Goes_on_into_another_registry_with_skopeo_and_keeps_its_digest()
    {
        using var other = await RegistryProcess.StartAsync(
            new RegistrySetup(release.Site.Scratch.PathOf("skopeo registry"))
        );
        var (tagged, image) = OfOci.First(one => one.Value.Children.Count == 0);
        string[] copy = ["--insecure-policy", "copy", "--preserve-digests", "--dest-tls-verify=false"];

        var copied = await new Run(
            "skopeo",
            [.. copy, $"oci-archive:{release.ImagesTar}:{tagged}", $"docker://{other.Host}/copied:1"]
        ).ToEndAsync();

        copied.ExitCode.ShouldBe(0, copied.Error);
        (await DigestAsync($"{other.Host}/copied:1")).ShouldBe(image.Root.Digest.ToString());
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "skopeo")]
    public async Task Gives_skopeo_of_an_index_the_platform_that_is_there()
    {
        var (tagged, image) = OneIndex;
        var target = release.Site.Scratch.PathOf("copied");
        string[] copy = ["--insecure-policy", .. Platform, "copy", "--preserve-digests"];

        var copied = await new Run(
            "skopeo",
            [.. copy, $"oci-archive:{release.ImagesTar}:{tagged}", $"dir:{target}"]
        ).ToEndAsync();

        copied.ExitCode.ShouldBe(0, copied.Error);
        (await File.ReadAllBytesAsync(Path.Combine(target, "manifest.json"))).ShouldBe(
            image.Children.Single(child => child.Platform == "linux/amd64").Root.Bytes
        );
    }

    /// <summary>By digest: oras takes what is after the last colon for the whole name.</summary>
    [ToolFact("docker-registry", "busybox", "zstd", "tar", "oras")]
    public async Task Is_walked_by_oras_in_every_kind()
    {
        foreach (var (tagged, image) in release.Images.All.Take(4))
        {
            string[] fetch = ["manifest", "fetch", "--oci-layout", "--platform", "linux/amd64"];
            var wanted = image.Children.SingleOrDefault(child => child.Platform == "linux/amd64") ?? image;

            var fetched = await new Run("oras", [.. fetch, $"{Layout()}@{image.Root.Digest}"]).ToEndAsync();

            fetched.ExitCode.ShouldBe(0, $"{tagged}: {fetched.Error}");
            fetched.Output.TrimEnd('\n').ShouldBe(Encoding.UTF8.GetString(wanted.Root.Bytes));
        }
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "crane")]
    public async Task Is_pushed_by_crane_image_by_image_and_keeps_its_digests()
    {
        using var other = await RegistryProcess.StartAsync(
            new RegistrySetup(release.Site.Scratch.PathOf("crane registry"))
        );
        // crane pushes whole layouts: one of one image each, a manifest of OCI's and of Docker's.
        foreach (var (tagged, image) in release.Images.All.Take(2))
        {
            using var one = LayoutOf(image);
            var pushed = await new Run("crane", "push", one.Folder, $"{other.Host}/pushed:1").ToEndAsync();

            pushed.ExitCode.ShouldBe(0, $"{tagged}: {pushed.Error}");
            (await DigestAsync($"{other.Host}/pushed:1")).ShouldBe(image.Root.Digest.ToString());
        }
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "umoci")]
    public async Task Is_unpacked_by_umoci()
    {
        var (_, image) = OfOci.First(one => one.Value.Children.Count == 0);
        using var one = LayoutOf(image, tag: "latest");
        using var bundle = new ScratchFolder();
        string[] unpack = ["unpack", "--rootless", "--image", $"{one.Folder}:latest", bundle.PathOf("runtime")];

        var unpacked = await new Run("umoci", unpack).ToEndAsync();

        unpacked.ExitCode.ShouldBe(0, unpacked.Error);
        (await File.ReadAllBytesAsync(bundle.PathOf("runtime", "rootfs", "bin", "busybox"))).ShouldBe(
            await File.ReadAllBytesAsync(Tools.Require("busybox"))
        );
    }

    /// <summary>What skopeo prints where it found the right one: a layer that no other image has.</summary>
    private IEnumerable<(string Name, string Layer)> Named(string tagged, MadeImage image) =>
        release
            .Images.NamesOf(tagged)
            .Select(name =>
                (name, image.Children.Append(image).First(one => one.Blobs.Count > 0).Blobs[2].Digest.ToString())
            );

    /// <summary>Those parts of the unpacked images.tar that belong to one image, with an index of their own.</summary>
    private ScratchFolder LayoutOf(MadeImage image, string tag = "1")
    {
        var one = new ScratchFolder();
        foreach (var digest in image.Digests("linux/amd64").Select(digest => digest.Hex))
        {
            Directory.CreateDirectory(one.PathOf("blobs", "sha256"));
            File.Copy(Path.Combine(Layout(), "blobs", "sha256", digest), one.PathOf("blobs", "sha256", digest));
        }
        File.Copy(Path.Combine(Layout(), "oci-layout"), one.PathOf("oci-layout"));
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(Layout(), "index.json")))!;
        var entry = index["manifests"]!
            .AsArray()
            .First(entry => (string?)entry!["digest"] == image.Root.Digest.ToString())!
            .DeepClone();
        entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag };
        index["manifests"] = new JsonArray(entry);
        one.Write("index.json", index.ToJsonString());
        return one;
    }

    private string Layout()
    {
        var layout = release.Site.Scratch.PathOf("layout");
        if (!Directory.Exists(layout))
        {
            Directory.CreateDirectory(layout);
            System.Formats.Tar.TarFile.ExtractToDirectory(release.ImagesTar, layout, overwriteFiles: false);
        }
        return layout;
    }

    private static async Task<string> DigestAsync(string name) =>
        (await new Run("crane", "digest", "--insecure", name).ToEndAsync()).Output.Trim();
}
