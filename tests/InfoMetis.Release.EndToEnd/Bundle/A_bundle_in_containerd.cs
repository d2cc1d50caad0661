using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>What k0s does with images.tar, on the containerd that this machine has.</summary>
public sealed class A_bundle_in_containerd(BundledRelease release) : IClassFixture<BundledRelease>
{
    [RootFact("docker-registry", "busybox", "zstd", "tar", "containerd", "ctr", "runc", "unshare")]
    public async Task Has_every_image_under_every_name_and_containers_run_from_it()
    {
        using var scratch = new ScratchFolder();
        using var containerd = await ContainerdProcess.StartAsync(scratch);

        var imported = await containerd.ImportAsync(release.ImagesTar);
        imported.ExitCode.ShouldBe(0, imported.Error);

        var check = await containerd.CheckAsync();
        check.ExitCode.ShouldBe(0, check.Error);
        var rows = check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Row.Of).ToList();
        rows.Select(row => row.Name).ShouldBe(release.Images.Names, ignoreOrder: true);
        rows.Count.ShouldBe(72);
        rows.Where(row => !row.IsComplete).ShouldBeEmpty();

        // One of each kind: a manifest and an index, of OCI and of Docker.
        foreach (var name in release.Images.All.Keys.Take(4).SelectMany(release.Images.NamesOf))
            await containerd.ShouldRunAsync(name);
    }

    [RootFact("docker-registry", "busybox", "zstd", "tar", "containerd", "ctr", "runc", "unshare")]
    public async Task Is_complete_only_where_no_layer_was_left_out()
    {
        using var scratch = new ScratchFolder();
        using var containerd = await ContainerdProcess.StartAsync(scratch);
        var (name, image) = release.Images.All.First();
        var layer = image.Blobs[^1].Digest.Hex;
        var lacking = scratch.PathOf("lacking.tar");
        File.Copy(release.ImagesTar, lacking);
        var removed = await new Run("tar", "--delete", "-f", lacking, $"blobs/sha256/{layer}").ToEndAsync();
        removed.ExitCode.ShouldBe(0, removed.Error);

        (await containerd.ImportAsync(lacking)).ExitCode.ShouldNotBe(0);

        var rows = (await containerd.CheckAsync()).Output.Split('\n').Skip(1);
        rows.Where(row => row.StartsWith($"{name} ", StringComparison.Ordinal) && Row.Of(row).IsComplete)
            .ShouldBeEmpty();
    }

    /// <summary>A line of ctr images check.</summary>
    private sealed record Row(string Name, bool IsComplete)
    {
        public static Row Of(string line)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new Row(fields[0], fields[3] == "complete" && fields[^1] == "true");
        }
    }
}
