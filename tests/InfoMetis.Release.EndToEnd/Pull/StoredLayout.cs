using System.Security.Cryptography;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Registries;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>A store, looked at without any code of imrel's.</summary>
internal sealed record StoredLayout(string Folder)
{
    private string Blobs => Path.Combine(Folder, "blobs", "sha256");

    public string FileOf(Digest digest) => Path.Combine(Blobs, digest.Hex);

    /// <summary>Holds exactly these images, for one platform or all, each byte of them as it was pushed.</summary>
    public void ShouldHold(IEnumerable<MadeImage> images, string? platform = "linux/amd64")
    {
        var wanted = images.ToList();
        ShouldBeSound();
        Files().ShouldBe(wanted.SelectMany(image => image.Digests(platform)).Distinct().Select(d => d.Hex).Order());
        Named().ShouldBe(wanted.Select(image => image.Root.Digest.ToString()), ignoreOrder: true);
    }

    /// <summary>Every file is what its name says, and nothing is left of what was on its way.</summary>
    public void ShouldBeSound()
    {
        ShouldHoldNoWrongByte();
        Leftovers().ShouldBeEmpty();
    }

    public void ShouldHoldNoWrongByte()
    {
        foreach (var file in Files())
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Blobs, file)))).ShouldBe(file);
    }

    public IReadOnlyList<string> Files() =>
        Directory.Exists(Blobs) ? [.. Directory.GetFiles(Blobs).Select(f => Path.GetFileName(f)!).Order()] : [];

    public IEnumerable<string> Leftovers() =>
        Directory.GetFiles(Path.Combine(Folder, "ingest"), "*.partial").Select(f => Path.GetFileName(f)!);

    private IEnumerable<string> Named() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "index.json")))!["manifests"]!
            .AsArray()
            .Select(entry => (string)entry!["digest"]!);
}
