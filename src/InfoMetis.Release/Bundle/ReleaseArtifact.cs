using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// A release as one manifest of a registry: each of its papers is a layer, and one digest names them all. The same papers make the
/// same bytes.
/// </summary>
public static class ReleaseArtifact
{
    public const string Type = "application/vnd.infometis.release.v1+json";

    private const string EmptyType = "application/vnd.oci.empty.v1+json";
    private const string Title = "org.opencontainers.image.title";
    private const string Version = "org.opencontainers.image.version";
    private const string Created = "org.opencontainers.image.created";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The configuration, which says nothing.</summary>
    internal static ReleasePaper Empty { get; } = new("", EmptyType, "{}"u8.ToArray());

    /// <summary>The tag that a release has where no other is asked for: its version, with what a tag cannot hold replaced.</summary>
    public static string TagOf(Inventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return inventory.Version.Replace('+', '_');
    }

    internal static byte[] Bytes(ReleasePapers papers)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
            Write(json, papers);
        return stream.ToArray();
    }

    /// <summary>The papers that a manifest lists, by name.</summary>
    /// <exception cref="ReleaseException">It is no release.</exception>
    internal static IReadOnlyDictionary<string, Descriptor> Read(string reference, Descriptor root, byte[] manifest)
    {
        var subject = root.Digest.ToString();
        if (root.MediaType != MediaTypes.OciManifest)
            throw new ReleaseException(Message.NotARelease(reference, $"it is {root.MediaType}"));
        var type = DocumentObject.Read(manifest, subject, document => document.Text("artifactType"));
        if (type != Type)
            throw new ReleaseException(Message.NotARelease(reference, $"its type is {type ?? "not given"}"));
        var papers = new Dictionary<string, Descriptor>(StringComparer.Ordinal);
        foreach (var layer in ImageManifest.Parse(manifest, subject).Layers)
        {
            // What a later version may add is none of what is read here.
            if (Known(layer) is not { } known)
                continue;
            if (layer.Size > known.Largest)
                throw new ReleaseException(Message.DocumentTooLarge(known.Name, layer.Size, known.Largest));
            if (!papers.TryAdd(known.Name, layer))
                throw new ReleaseException(Message.NotARelease(reference, $"it has {known.Name} twice"));
        }
        return papers;
    }

    private static (string Name, string MediaType, int Largest)? Known(Descriptor layer)
    {
        foreach (var known in ReleasePapers.Known)
        {
            if (layer.Annotations.GetValueOrDefault(Title) == known.Name && layer.MediaType == known.MediaType)
                return known;
        }
        return null;
    }

    private static void Write(Utf8JsonWriter json, ReleasePapers papers)
    {
        var inventory = papers.Inventory;
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciManifest);
        json.WriteString("artifactType", Type);
        json.WritePropertyName("config");
        Write(json, Empty);
        json.WriteStartArray("layers");
        foreach (var paper in papers.All)
            Write(json, paper);
        json.WriteEndArray();
        json.WriteStartObject("annotations");
        json.WriteString(
            Created,
            inventory.Released.UtcDateTime.ToString(InventoryWriter.TimeFormat, CultureInfo.InvariantCulture)
        );
        json.WriteString(Title, inventory.Name);
        json.WriteString(Version, inventory.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReleasePaper paper)
    {
        var content = paper.Descriptor;
        json.WriteStartObject();
        json.WriteString("mediaType", content.MediaType);
        json.WriteString("digest", content.Digest.ToString());
        json.WriteNumber("size", content.Size);
        if (paper.Name.Length > 0)
        {
            json.WriteStartObject("annotations");
            json.WriteString(Title, paper.Name);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
