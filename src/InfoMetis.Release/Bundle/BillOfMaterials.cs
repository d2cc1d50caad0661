using System.Globalization;
using System.Text.Json;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>What a bundle is made of, for tools that read CycloneDX 1.6.</summary>
internal static class BillOfMaterials
{
    public static byte[] Bytes(BundleContents contents) => JsonText.Bytes(json => Write(json, contents));

    private static void Write(Utf8JsonWriter json, BundleContents contents)
    {
        var manifest = contents.Manifest;
        json.WriteStartObject();
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteNumber("version", 1);
        json.WriteStartObject("metadata");
        json.WriteString(
            "timestamp",
            manifest.Released.ToString(InventoryWriter.TimeFormat, CultureInfo.InvariantCulture)
        );
        json.WriteStartObject("component");
        json.WriteString("type", "platform");
        json.WriteString("bom-ref", "release");
        json.WriteString("name", manifest.Name);
        json.WriteString("version", manifest.Version);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("components");
        foreach (var image in contents.Images)
            Write(json, image);
        foreach (var file in contents.Files)
            Write(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BundledImage image)
    {
        var reference = image.Image.Reference;
        json.WriteStartObject();
        json.WriteString("type", "container");
        json.WriteString("bom-ref", $"image/{image.Image.Name}");
        json.WriteString("name", reference.Name);
        json.WriteString("version", image.Image.Version);
        WriteHash(json, image.Root.Digest);
        json.WriteString("purl", PackageUrl(reference, image.Root.Digest));
        json.WriteStartArray("properties");
        WriteProperty(json, "group", image.Image.Group is ImageGroup.Apps ? "apps" : "auxiliary");
        if (image.Image.Stack is { } stack)
            WriteProperty(json, "stack", stack);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BundledFile file)
    {
        json.WriteStartObject();
        json.WriteString("type", "file");
        json.WriteString("bom-ref", $"file/{file.Name}");
        json.WriteString("name", file.Name);
        WriteHash(json, file.Sha256);
        json.WriteEndObject();
    }

    private static void WriteHash(Utf8JsonWriter json, Digest digest)
    {
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-256");
        json.WriteString("content", digest.Hex);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", $"infometis:{name}");
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    /// <summary>As the package URL type for OCI images wants it: the last part of the name, the digest, and where it is from.</summary>
    private static string PackageUrl(ImageReference reference, Digest digest)
    {
        var name = reference.Repository.Split('/')[^1];
        var tag = reference.Tag is null ? "" : $"&tag={Uri.EscapeDataString(reference.Tag)}";
        var place = Uri.EscapeDataString(reference.Name);
        return $"pkg:oci/{name}@{Uri.EscapeDataString(digest.ToString())}?repository_url={place}{tag}";
    }
}
