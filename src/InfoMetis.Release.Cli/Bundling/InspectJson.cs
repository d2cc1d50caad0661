using System.Text.Json;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>What a bundle says of itself, for programs; what it holds is in its inventory.json.</summary>
internal static class InspectJson
{
    public static void Write(Utf8JsonWriter json, BundleSummary bundle)
    {
        json.WriteStartObject();
        WriteRelease(json, bundle.Inventory, isVerified: false);
        WriteArchive(json, bundle);
        WriteSignatures(json, bundle);
        WriteInstall(json, bundle);
        WriteContents(json, bundle.Inventory);
        json.WriteEndObject();
    }

    /// <param name="signedBy">The trusted keys that signed it; null where no key was named to tell.</param>
    public static void Write(Utf8JsonWriter json, PublishedRelease release, IReadOnlyList<Digest>? signedBy)
    {
        var papers = release.Papers;
        json.WriteStartObject();
        WriteRelease(json, papers.Inventory, isVerified: signedBy is { Count: > 0 });
        json.WriteString("reference", release.Reference);
        if (release.Tagged is { } tagged)
            json.WriteString("tagged", tagged);
        json.WriteStartArray("papers");
        foreach (var paper in papers.All)
        {
            json.WriteStartObject();
            json.WriteString("name", paper.Name);
            json.WriteString("mediaType", paper.MediaType);
            json.WriteString("digest", Digest.Of(paper.Bytes.Span).ToString());
            json.WriteNumber("size", paper.Bytes.Length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("signatures");
        json.WriteNumber("count", papers.Signatures ?? 0);
        WriteStrings(json, "signedBy", (signedBy ?? []).Select(key => key.ToString()));
        json.WriteEndObject();
        WriteContents(json, papers.Inventory);
        json.WriteEndObject();
    }

    private static void WriteRelease(Utf8JsonWriter json, Inventory inventory, bool isVerified)
    {
        json.WriteString("apiVersion", "infometis.io/inspect/v1");
        json.WriteBoolean("verified", isVerified);
        json.WriteString("name", inventory.Name);
        json.WriteString("version", inventory.Version);
        json.WriteString("platform", inventory.Platform.ToString());
        json.WriteString("k0s", inventory.K0s);
        json.WriteString("tool", inventory.Tool);
        json.WriteString("index", inventory.Index.ToString());
    }

    private static void WriteContents(Utf8JsonWriter json, Inventory inventory)
    {
        WriteForecast(json, inventory.Forecast);
        AcceptedJson.WriteArray(json, inventory.Accepted);
        json.WriteStartArray("images");
        foreach (var (image, size) in inventory.Images.Zip(ImageSize.OfImages(inventory)))
        {
            json.WriteStartObject();
            json.WriteString("name", image.Name);
            json.WriteString("group", image.Group);
            if (image.Stack is { } stack)
                json.WriteString("stack", stack);
            json.WriteString("image", image.Reference);
            json.WriteString("digest", image.Digest.ToString());
            WriteSizes(json, size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("stacks");
        foreach (var stack in ImageSize.OfStacks(inventory))
        {
            json.WriteStartObject();
            json.WriteString("name", stack.Name);
            json.WriteNumber("images", stack.Images);
            WriteSizes(json, stack);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteArchive(Utf8JsonWriter json, BundleSummary bundle)
    {
        json.WriteStartObject("archive");
        json.WriteString("name", bundle.Files.Archive);
        json.WriteNumber("files", bundle.Files.Count);
        WriteStrings(json, "here", bundle.Files.Pieces.Select(piece => piece.Name));
        WriteStrings(json, "missing", bundle.Files.Missing);
        json.WriteNumber("sizeHere", bundle.Here);
        json.WriteString("readFrom", bundle.IsFromBeside ? BundleNames.Inventory : BundleNames.InventoryMember);
        var made = bundle.Inventory.Compression;
        json.WriteString("compression", made.Kind.Word());
        json.WriteString("library", made.Library);
        json.WriteNumber("level", made.Level);
        if (bundle.Compression is { } won)
        {
            json.WriteStartObject("frames");
            json.WriteNumber("count", won.Frames);
            json.WriteNumber("content", won.Content);
            json.WriteNumber("packed", won.Packed);
            json.WriteNumber("shrunk", won.Shrunk);
            json.WriteNumber("shrunkTo", won.ShrunkTo);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteSignatures(Utf8JsonWriter json, BundleSummary bundle)
    {
        json.WriteStartObject("signatures");
        json.WriteBoolean("sums", bundle.HasSums);
        json.WriteNumber("count", bundle.Signatures ?? 0);
        json.WriteBoolean("sigstore", bundle.HasSigstore);
        json.WriteEndObject();
    }

    private static void WriteInstall(Utf8JsonWriter json, BundleSummary bundle)
    {
        json.WriteStartObject("install");
        json.WriteBoolean("script", bundle.HasScript);
        json.WriteBoolean("guide", bundle.HasGuide);
        json.WriteEndObject();
    }

    private static void WriteForecast(Utf8JsonWriter json, InventoryForecast forecast)
    {
        json.WriteStartObject("forecast");
        json.WriteNumber("medium", forecast.Medium);
        json.WriteNumber("archive", forecast.Archive);
        json.WriteNumber("content", forecast.Content);
        json.WriteNumber("unpacked", forecast.Unpacked);
        json.WriteEndObject();
    }

    private static void WriteSizes(Utf8JsonWriter json, ImageSize size)
    {
        json.WriteNumber("size", size.Size);
        json.WriteNumber("own", size.Own);
        json.WriteNumber("shared", size.Shared);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
