using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Serving;

/// <summary>One image as a layout folder, written by nothing of imrel's.</summary>
internal static class LaidOut
{
    public static string Write(Site site, MadeImage image, string name)
    {
        var folder = site.Scratch.PathOf("layout");
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var blob in image.Blobs.Append(image.Root))
            File.WriteAllBytes(Path.Combine(blobs, blob.Digest.Hex), blob.Bytes);
        site.Scratch.Write("layout/oci-layout", """{"imageLayoutVersion":"1.0.0"}""");
        site.Scratch.Write(
            "layout/index.json",
            $$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"{{image.Root.MediaType}}","digest":"{{image.Root.Digest}}",
            "size":{{image.Root.Bytes.Length}},"annotations":{"org.opencontainers.image.ref.name":"{{name}}"} } ]}
            """
        );
        return folder;
    }
}
