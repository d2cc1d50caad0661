using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Writes an <c>index.json</c> anew from an old one, of which all that stays is copied as it stands.</summary>
internal static class IndexWriter
{
    // The file is read by machines and people, never by a browser: a plus in a tag stays a plus.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="keep">Whether the entry at a place of the old list stays.</param>
    public static byte[] Merge(ReadOnlyMemory<byte> old, Func<int, bool> keep, IReadOnlyCollection<NamedImage> added)
    {
        var output = new ArrayBufferWriter<byte>();
        using var document = JsonDocument.Parse(old);
        using (var writer = new Utf8JsonWriter(output, Plain))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("manifests"))
                    Entries(writer, property.Value, keep, added);
                else
                    property.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private static void Entries(
        Utf8JsonWriter writer,
        JsonElement old,
        Func<int, bool> keep,
        IReadOnlyCollection<NamedImage> added
    )
    {
        writer.WriteStartArray("manifests");
        var at = 0;
        foreach (var entry in old.EnumerateArray())
        {
            if (keep(at++))
                entry.WriteTo(writer);
        }
        foreach (var image in added.DistinctBy(i => i.Name))
            Entry(writer, image);
        writer.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter writer, NamedImage image)
    {
        writer.WriteStartObject();
        writer.WriteString("mediaType", image.Target.MediaType);
        writer.WriteString("digest", image.Target.Digest.ToString());
        writer.WriteNumber("size", image.Target.Size);
        writer.WriteStartObject("annotations");
        writer.WriteString(LayoutNames.Annotation, image.Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
