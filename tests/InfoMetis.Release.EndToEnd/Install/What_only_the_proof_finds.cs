using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>Every hash of the medium is right, and an image is not.</summary>
[Collection(Installing.Name)]
public sealed class What_only_the_proof_finds(Installing bundles)
{
    private const int Incomplete = 50;

    private static readonly string Traefik = Installing.Images.All.Keys.Single(name =>
        name.Contains("traefik", StringComparison.Ordinal)
    );

    [RootTheory("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    [InlineData("k0s")]
    [InlineData("containerd")]
    [InlineData("layout")]
    public async Task Is_one_bit_of_a_layer_that_was_changed_before_it_was_signed(string target)
    {
        using var host = new Host().WithK0s();
        await host.StartContainerdAsync();
        using var medium = new Medium(bundles.Folder);
        var key = await SlipPastTheHashesAsync(medium);
        var into = target switch
        {
            "k0s" => host.IntoK0s,
            "layout" => host.IntoLayout,
            _ => host.IntoContainerd,
        };

        var ran = await host.Script(bundles.Folder, ["--key", key, .. into, medium.Folder]).ToEndAsync();

        ran.ShouldSay(Incomplete, "error IMR6203 image traefik: ");
        // containerd said no more than that it failed.
        ran.Error.Split("error IMR6203").Length.ShouldBe(2);
        host.Placed.ShouldBeEmpty();
        Directory.Exists(host.Layout).ShouldBeFalse();
        host.Receipts.ShouldAllBe(file => file.EndsWith(".journal", StringComparison.Ordinal));
        host.Report["images"]!
            .AsArray()
            .Where(image => (string)image!["result"]! != "complete")
            .Select(image => (string)image!["name"]!)
            .ShouldContain("traefik");

        // With a sound medium the same machine comes right.
        (await host.InstallAsync(bundles, into)).ShouldSay(0, "installed and proved");
    }

    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Is_an_image_that_vanishes_after_it_was_taken_in_and_a_name_that_was_given_to_another()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        var ctr = Tools.Require("ctr");
        var (first, last) = (Installing.Images.All.Keys.First(), Installing.Images.All.Keys.Last());
        host.Put(
            "ctr",
            $"""
            #!/bin/sh
            '{ctr}' "$@"
            code=$?
            case " $* " in *" images import "*" - "*)
                '{ctr}' --address '{host.Containerd.Socket}' --namespace k8s.io images rm '{Traefik}' >&2
                '{ctr}' --address '{host.Containerd.Socket}' --namespace k8s.io images tag --force '{first}' '{last}' >&2
            esac
            exit $code

            """
        );

        var ran = await host.InstallAsync(bundles, host.IntoContainerd);

        ran.ShouldSay(
            Incomplete,
            $"error IMR6201 image traefik: the name {Traefik} is not there",
            $"{last} stands for",
            "NOT COMPLETE: do not start what needs these images"
        );
        ran.Error.Split("error ").Length.ShouldBe(3);
    }

    /// <summary>`ctr images check` fails then, whichever image it is, and the runtime answers all the same.</summary>
    [RootFact("docker-registry", "busybox", "dash", "zstd", "containerd", "ctr", "unshare")]
    public async Task Is_an_image_without_its_manifest_which_is_put_right_and_in_nobodys_way_until_then()
    {
        using var host = new Host();
        await host.StartContainerdAsync();
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0);
        var root = Installing.Images.All[Traefik].Root.Digest;
        (await host.Containerd.CtrAsync("content", "rm", $"{root}")).ExitCode.ShouldBe(0);
        (await host.Containerd.CheckAsync()).ExitCode.ShouldNotBe(0);

        (await host.InstallAsync(bundles, ["--status", .. host.IntoContainerd])).ShouldSay(
            Incomplete,
            "error IMR6203 image traefik: "
        );
        (await host.InstallAsync(bundles, ["--only", "pause", .. host.IntoContainerd])).ShouldSay(0);
        (await host.InstallAsync(bundles, host.IntoContainerd)).ShouldSay(0, "installed and proved: 24 images");
    }

    [ToolFact("docker-registry", "busybox", "dash", "zstd", "unshare")]
    public async Task Is_what_became_of_a_placed_file_since()
    {
        using var host = new Host().WithK0s();
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0);
        var file = host.Placed.Single();
        var content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, content);

        (await host.InstallAsync(bundles, ["--status", .. host.IntoK0s])).ShouldSay(Incomplete, "IMR6203");
        (await host.InstallAsync(bundles, host.IntoK0s)).ShouldSay(0, "installed and proved");
        (await host.InstallAsync(bundles, ["--status", .. host.IntoK0s])).ShouldSay(0);

        await File.WriteAllTextAsync(file, "mine");
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(
            50,
            "IMR6205",
            "left alone"
        );
        (await File.ReadAllTextAsync(file)).ShouldBe("mine");
        File.Delete(file);
        (await host.InstallAsync(bundles, ["--status", .. host.IntoK0s])).ShouldSay(
            Incomplete,
            "IMR6205",
            "is not there"
        );
        (await host.InstallAsync(bundles, ["--uninstall", "--yes", .. host.IntoK0s])).ShouldSay(0);
    }

    /// <summary>Changes a bit of a layer in the archive, and lists and signs everything anew.</summary>
    internal static async Task<string> SlipPastTheHashesAsync(Medium medium)
    {
        var archive = medium.PathOf(Medium.Archive);
        (await new Run("zstd", "-d", "--rm", archive).ToEndAsync()).ExitCode.ShouldBe(0);
        var tar = archive[..^4];
        var content = await File.ReadAllBytesAsync(tar);
        // The layer that no other image has.
        var image = Installing.Images.All[Traefik];
        var layer = (image.Children.Count > 0 ? image.Children[0] : image).Blobs.Single(blob =>
            blob.Bytes.Length is > 15_000 and < 100_000
        );
        var at = content.AsSpan().IndexOf(layer.Bytes);
        at.ShouldBeGreaterThan(0);
        content[at + layer.Bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(tar, content);
        (await new Run("zstd", "-1", "--rm", tar).ToEndAsync()).ExitCode.ShouldBe(0);
        return medium.SignAgain();
    }
}
