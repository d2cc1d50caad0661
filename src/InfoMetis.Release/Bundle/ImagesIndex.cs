using System.Text.Encodings.Web;
using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>The index.json of images.tar: an entry for each name of each image.</summary>
internal static class ImagesIndex
{
    public const string ContainerdName = "io.containerd.image.name";
    public const string OciName = "org.opencontainers.image.ref.name";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The index that follows from an inventory.</summary>
    public static byte[] Bytes(Inventory inventory)
    {
        var sizes = inventory.Blobs.ToDictionary(blob => blob.Digest, blob => blob.Size);
        return Bytes(
            inventory.Images.Select(image =>
                (new Descriptor(image.MediaType, image.Digest, sizes.GetValueOrDefault(image.Digest)), image.Names)
            )
        );
    }

    public static byte[] Bytes(IEnumerable<(Descriptor Root, IReadOnlyList<string> Names)> images)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", MediaTypes.OciIndex);
            json.WriteStartArray("manifests");
            foreach (var (root, names) in images)
            {
                foreach (var name in names)
                    Write(json, root, name);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Descriptor root, string name)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", root.MediaType);
        json.WriteString("digest", root.Digest.ToString());
        json.WriteNumber("size", root.Size);
        json.WriteStartObject("annotations");
        json.WriteString(ContainerdName, name);
        json.WriteString(OciName, name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
