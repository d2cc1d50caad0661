using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Bundle;

public sealed class A_bundle_with_files : PullTest
{
    private const string Unjudged = "a release of one image is not judged here";

    [ToolFact("docker-registry", "openssl", "zstd", "tar")]
    public async Task Unpacks_with_the_tools_of_others_to_the_same_bytes_and_modes()
    {
        var handbook = "Turn it off and on again.\n"u8.ToArray();
        var tool = new byte[3_000_000];
        new Random(7).NextBytes(tool);
        var authority = await Authority.MakeAsync(Site.Scratch);
        await using var web = await FileServer.StartAsync(authority, tool);
        var manifest = Site.Manifest(Registry.Host, ("team/oci", Images["team/oci"]));
        Site.Scratch.Write("docs/handbook.txt", "Turn it off and on again.\n");
        await File.AppendAllTextAsync(
            manifest,
            $"""
            files:
              - path: docs/handbook.txt
                sha256: {Digest.Of(handbook).Hex}
              - url: {web.Url}get/tool-1.0?of=us
                sha256: {Digest.Of(tool).Hex}
                mode: 0755

            """
        );
        var registries = Site.Registries($"  '{web.Url.Authority}':\n    ca: ca.pem\n");
        string[] from = ["--store", Site.Store.Folder, "--registries", registries];
        string[] accepted = ["--accept", $"IMR2001={Unjudged}"];

        var made = await Site.Imrel(["bundle", manifest, "--output", Site.Scratch.PathOf("out"), .. from, .. accepted])
            .ToEndAsync();

        made.ExitCode.ShouldBe(0, made.Output + made.Error);
        var unpacked = await UnpackAsync();
        var files = Path.Combine(unpacked, "infometis", "files");
        (await File.ReadAllBytesAsync(Path.Combine(files, "docs", "handbook.txt"))).ShouldBe(handbook);
        (await File.ReadAllBytesAsync(Path.Combine(files, "tool-1.0"))).ShouldBe(tool);
        ModeOf(Path.Combine(files, "docs", "handbook.txt")).ShouldBe("644");
        ModeOf(Path.Combine(files, "tool-1.0")).ShouldBe("755");
    }

    private async Task<string> UnpackAsync()
    {
        var bundle = Directory.GetDirectories(Site.Scratch.PathOf("out")).ShouldHaveSingleItem();
        var archive = Directory.GetFiles(bundle, "*.tar.zst").ShouldHaveSingleItem();
        var folder = Directory.CreateDirectory(Site.Scratch.PathOf("unpacked")).FullName;
        var command = """zstd -dc "$1" | tar -xp -C "$2" """;
        var unpacked = await new Run("sh", "-c", command, "sh", archive, folder).ToEndAsync();
        unpacked.ExitCode.ShouldBe(0, unpacked.Error);
        return folder;
    }

    private static string ModeOf(string file) => Convert.ToString((int)File.GetUnixFileMode(file), 8);
}
