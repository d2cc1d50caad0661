using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>What the tools at hand on any site make of the archive: whole, in parts, and however it is packed.</summary>
public sealed class The_archive_unpacked_by_others(BundledRelease release) : IClassFixture<BundledRelease>
{
    /// <summary>Small enough for several, large enough to be allowed.</summary>
    private const string PartSize = "700000";

    [ToolTheory("docker-registry", "busybox", "zstd", "tar", "gzip")]
    [InlineData("zstd", "zst", "zstd -q")]
    [InlineData("gzip", "gz", "gzip")]
    [InlineData("none", "", "")]
    public async Task Gives_the_same_images_with_every_tar_whole_and_from_parts(string kind, string ending, string tool)
    {
        var whole = await BundleAsync($"whole-{kind}", kind);
        var parts = await BundleAsync($"parts-{kind}", kind, "--part-size", PartSize);
        var dot = ending.Length > 0 ? "." : "";
        var archive = $"{BundleSite.Name}.tar{dot}{ending}";
        var joined = release.Site.Scratch.PathOf($"joined-{kind}");

        await ShellAsync(parts, "cat \"$1\".part* >\"$2\"", archive, joined);

        Directory.GetFiles(parts, "*.part*").Length.ShouldBeGreaterThan(1);
        (await File.ReadAllBytesAsync(joined)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(whole, archive)));
        var unpack = tool.Length > 0 ? $"{tool} -dc" : "cat";
        if (tool.Length > 0)
            await ShellAsync(whole, $"{tool} -t <\"$1\"", archive);
        foreach (var tar in new[] { "tar", "busybox tar" })
        {
            var listed = await ShellAsync(whole, $"{unpack} \"$1\" | {tar} -t", archive);
            listed.ShouldStartWith("infometis/release.yaml\ninfometis/inventory.json\n");
            listed.ShouldEndWith("\nimages.tar\n");
            var images = await ShellAsync(whole, $"{unpack} \"$1\" | {tar} -xO images.tar | sha256sum", archive);
            images[..64].ShouldBe(Convert.ToHexStringLower(await SHA256.HashDataAsync(Images())));
        }
        await release.Site.ShouldBeSoundAsync(whole);
        await release.Site.ShouldBeSoundAsync(parts);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Has_frames_that_zstd_counts_and_each_frame_unpacks_by_itself()
    {
        var archive = Path.Combine(release.Folder, $"{BundleSite.Name}.tar.zst");

        var listed = await new Run("zstd", "-l", "-v", archive).ToEndAsync();

        listed.ExitCode.ShouldBe(0, listed.Error);
        var bytes = await File.ReadAllBytesAsync(archive);
        var frames = BitConverter.ToUInt32(bytes.AsSpan()[^9..^5]);
        listed.Output.ShouldContain($"# Zstandard Frames: {frames}\n");
        listed.Output.ShouldContain("# Skippable Frames: 1\n");
        await EachUnpacksAsync(bytes, (int)frames);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Has_in_images_tar_what_a_layout_has_and_nothing_else()
    {
        foreach (var tar in new[] { "tar", "busybox tar" })
        {
            var names = (await ShellAsync(release.Unpacked, $"{tar} -t -f images.tar")).TrimEnd('\n').Split('\n');
            names.Take(2).ShouldBe(["oci-layout", "index.json"]);
            names
                .Skip(2)
                .ShouldBe(
                    release
                        .Images.All.Values.SelectMany(image => image.Digests("linux/amd64"))
                        .Distinct()
                        .Select(digest => $"blobs/sha256/{digest.Hex}"),
                    ignoreOrder: true
                );
        }
        // Each blob is what its name says, as sha256sum finds it.
        var sums =
            "tar -xf images.tar && cd blobs/sha256 && for f in *; do echo \"$f  $f\"; done | sha256sum -c --quiet";
        await ShellAsync(release.Unpacked, sums);
    }

    /// <summary>The table says where each frame lies; all of them unpacked one by one are what unpacking everything gives.</summary>
    private async Task EachUnpacksAsync(byte[] archive, int frames)
    {
        const int EntrySize = 8;
        const int FooterSize = 9;
        var table = archive.AsSpan()[^(frames * EntrySize + FooterSize)..].ToArray();
        var pieces = new ScratchFolder();
        using (pieces)
        {
            var at = 0;
            for (var frame = 0; frame < frames; frame++)
            {
                var packed = BitConverter.ToInt32(table, frame * EntrySize);
                await File.WriteAllBytesAsync(pieces.PathOf($"{frame:D4}.zst"), archive[at..(at + packed)]);
                at += packed;
            }
            await new Run("sh", "-c", "zstd -q -d *.zst") { Folder = pieces.Folder }.ToEndAsync();
            for (var frame = 0; frame < frames; frame++)
                new FileInfo(pieces.PathOf($"{frame:D4}")).Length.ShouldBe(
                    BitConverter.ToInt32(table, frame * EntrySize + sizeof(int))
                );
            var joined = await ShellAsync(pieces.Folder, "cat $(ls | grep -v zst) | sha256sum");
            joined.ShouldBe(
                await ShellAsync(release.Folder, "zstd -dc \"$1\" | sha256sum", $"{BundleSite.Name}.tar.zst")
            );
        }
    }

    private FileStream Images() => File.OpenRead(release.ImagesTar);

    private Task<string> BundleAsync(string output, string kind, params string[] more) =>
        release.Site.BundleAsync(output, ["--compression", kind, .. more]);

    /// <summary>A line for the shell in a folder; a program in it that fails makes it fail.</summary>
    private static async Task<string> ShellAsync(string folder, string line, params string[] arguments)
    {
        string[] shell = ["-e", "-o", "pipefail", "-c", line, "bash", .. arguments];
        var finished = await new Run("bash", shell) { Folder = folder }.ToEndAsync();
        finished.ExitCode.ShouldBe(0, $"{line}: {finished.Error}");
        return finished.Output;
    }
}
