using System.Globalization;
using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Writes inventory.json: for the same inventory the same bytes.</summary>
internal static class InventoryWriter
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static byte[] Bytes(Inventory inventory) => JsonText.Bytes(json => Write(json, inventory));

    private static void Write(Utf8JsonWriter json, Inventory inventory)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", Inventory.ApiVersion);
        json.WriteString("name", inventory.Name);
        json.WriteString("version", inventory.Version);
        json.WriteString("released", inventory.Released.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteString("platform", inventory.Platform.ToString());
        json.WriteString("k0s", inventory.K0s);
        json.WriteString("tool", inventory.Tool);
        Write(json, inventory.Compression);
        Write(json, inventory.Forecast);
        json.WriteStartObject("imagesTar");
        json.WriteNumber("size", inventory.ImagesSize);
        json.WriteString("index", inventory.Index.ToString());
        json.WriteEndObject();
        // Bundles from before there was this key have none.
        if (inventory.Stacks.Count > 0)
            WriteStrings(json, "stacks", inventory.Stacks);
        json.WriteStartArray("images");
        foreach (var image in inventory.Images)
            Write(json, image);
        json.WriteEndArray();
        json.WriteStartArray("blobs");
        foreach (var blob in inventory.Blobs)
            Write(json, blob);
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in inventory.Files)
            Write(json, file);
        json.WriteEndArray();
        json.WriteStartArray("accepted");
        foreach (var accepted in inventory.Accepted)
            Write(json, accepted);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InventoryCompression compression)
    {
        json.WriteStartObject("compression");
        json.WriteString("kind", compression.Kind.Word());
        json.WriteString("library", compression.Library);
        json.WriteNumber("level", compression.Level);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InventoryForecast forecast)
    {
        json.WriteStartObject("forecast");
        json.WriteNumber("build", forecast.Build);
        json.WriteNumber("medium", forecast.Medium);
        json.WriteStartObject("target");
        json.WriteNumber("archive", forecast.Archive);
        json.WriteNumber("content", forecast.Content);
        json.WriteNumber("unpacked", forecast.Unpacked);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InventoryImage image)
    {
        json.WriteStartObject();
        json.WriteString("name", image.Name);
        json.WriteString("group", image.Group);
        if (image.Stack is not null)
            json.WriteString("stack", image.Stack);
        json.WriteString("image", image.Reference);
        json.WriteString("digest", image.Digest.ToString());
        json.WriteString("mediaType", image.MediaType);
        WriteStrings(json, "names", image.Names);
        WriteStrings(json, "content", image.Content.Select(digest => digest.ToString()));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InventoryBlob blob)
    {
        json.WriteStartObject();
        json.WriteString("digest", blob.Digest.ToString());
        json.WriteString("mediaType", blob.MediaType);
        json.WriteNumber("size", blob.Size);
        json.WriteNumber("offset", blob.Offset);
        json.WriteNumber("frame", blob.Frame);
        json.WriteBoolean("stored", blob.IsStored);
        if (blob.Sample is { } sample)
        {
            json.WriteStartObject("sample");
            json.WriteNumber("tried", sample.Tried);
            json.WriteNumber("compressed", sample.Compressed);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InventoryFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteNumber("size", file.Size);
        json.WriteString("sha256", file.Sha256.Hex);
        json.WriteString("mode", Convert.ToString(file.Mode, 8).PadLeft(4, '0'));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AcceptedFinding accepted)
    {
        json.WriteStartObject();
        json.WriteString("code", accepted.Code);
        json.WriteString("subject", accepted.Subject);
        json.WriteString("fact", accepted.Fact);
        json.WriteString("reason", accepted.Reason);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
