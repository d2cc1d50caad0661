using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>Archives of other tools as the place that everything is taken from.</summary>
public sealed class A_layout_that_others_made : IAsyncLifetime
{
    private BundleSite? _site;

    private BundleSite Site => _site!;

    private string LayoutFolder => Site.Scratch.PathOf("layout");

    private string Archive => Site.Scratch.PathOf("layout.tar");

    public async Task InitializeAsync() => _site = await BundleSite.StartAsync(PlatformImages.OfEveryKind);

    public Task DisposeAsync()
    {
        _site?.Dispose();
        return Task.CompletedTask;
    }

    [ToolFact("docker-registry", "busybox", "crane", "tar")]
    public async Task Makes_the_bundle_that_the_registry_makes()
    {
        var fromRegistry = await Site.BundleAsync("registry");
        await PullWithCraneAsync();
        DescribeAsDocker();
        await TarAsync(".");

        foreach (var from in new[] { $"oci:{LayoutFolder}", $"oci-archive:{Archive}" })
        {
            var output = from[..from.IndexOf(':')];
            string[] options = ["--from", from, "--store", Site.Scratch.PathOf($"store of {output}")];
            var made = await Site.MadeAsync(Site.BundleFrom(output, options), output);
            Made.Of(made).ShouldBe(Made.Of(fromRegistry), from);
        }
    }

    [ToolFact("docker-registry", "busybox", "skopeo")]
    public async Task May_be_an_archive_of_skopeo_with_the_one_image_that_the_store_lacks()
    {
        var (tagged, image) = Site.Images.All.First(one => one.Value.Root.MediaType == Dialect.Oci.Manifest);
        var fromRegistry = await Site.BundleAsync("registry");
        foreach (var missing in image.Blobs.Skip(2).Append(image.Root))
            File.Delete(Site.Site.Store.FileOf(missing.Digest));
        string[] copy = ["--insecure-policy", "copy", "--src-tls-verify=false", "--preserve-digests"];
        string[] names = [$"docker://{Site.Remote(tagged)}", $"oci-archive:{Archive}:any"];
        var copied = await new Run("skopeo", [.. copy, .. names]).ToEndAsync();
        copied.ExitCode.ShouldBe(0, copied.Error);

        string[] options = ["--from", $"oci-archive:{Archive}", "--store", Site.Site.Store.Folder];
        var made = await Site.MadeAsync(Site.BundleFrom("skopeo", options), "skopeo");

        Made.Of(made).ShouldBe(Made.Of(fromRegistry));
    }

    [ToolFact("docker-registry", "busybox", "crane", "tar")]
    public async Task Is_named_where_it_lacks_an_image()
    {
        await PullWithCraneAsync();
        var missing = Site.Images.All.Values.First().Blobs[^1].Digest;
        File.Delete(Path.Combine(LayoutFolder, "blobs", "sha256", missing.Hex));
        await TarAsync(".");

        string[] options = ["--from", $"oci-archive:{Archive}", "--store", Site.Site.Store.Folder];
        var refused = await Site.BundleFrom("lacking", options).ToEndAsync();

        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain(missing.ToString());
        Made.LooksFinished(Site.Scratch.PathOf("lacking")).ShouldBeEmpty();
    }

    private async Task PullWithCraneAsync()
    {
        string[] pull = ["pull", "--insecure", "--format=oci", .. Site.Images.All.Keys.Select(Site.Remote)];
        var pulled = await new Run("crane", [.. pull, LayoutFolder]).ToEndAsync();
        pulled.ExitCode.ShouldBe(0, pulled.Error);
    }

    /// <summary>docker save writes its older form beside the layout.</summary>
    private void DescribeAsDocker()
    {
        var image = Site.Images.All.First(one => one.Value.Blobs.Count > 0);
        var paths = image.Value.Blobs.Select(blob => $"blobs/sha256/{blob.Digest.Hex}").ToList();
        var manifest = new JsonArray(
            new JsonObject
            {
                ["Config"] = paths[0],
                ["RepoTags"] = new JsonArray(image.Key),
                ["Layers"] = new JsonArray([.. paths.Skip(1).Select(path => (JsonNode)path)]),
            }
        );
        File.WriteAllText(Path.Combine(LayoutFolder, "manifest.json"), manifest.ToJsonString());
        File.WriteAllText(Path.Combine(LayoutFolder, "repositories"), "{}");
    }

    private async Task TarAsync(string what)
    {
        var packed = await new Run("tar", "-cf", Archive, "-C", LayoutFolder, what).ToEndAsync();
        packed.ExitCode.ShouldBe(0, packed.Error);
    }
}
