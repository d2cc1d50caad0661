using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Reports;

/// <summary>Drift for programs. docs/pinning.md describes the format.</summary>
public sealed class DriftJson(Utf8JsonWriter json)
{
    public const string ApiVersion = "infometis.io/drift/v1";

    public void Write(DriftResult result, ExitCode exitCode)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteNumber("exitCode", (int)exitCode);
        json.WriteStartArray("manifests");
        foreach (var manifest in result.Manifests)
            Write(manifest);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(ManifestDrift drift)
    {
        json.WriteStartObject();
        json.WriteString("file", drift.File);
        if (drift.Manifest is { } manifest)
        {
            json.WriteString("name", manifest.Name);
            json.WriteString("version", manifest.Version);
        }
        json.WriteStartArray("images");
        foreach (var image in drift.Images)
            Write(image);
        json.WriteEndArray();
        FindingJson.WriteArray(json, "findings", drift.Findings);
        json.WriteEndObject();
    }

    private void Write(ImageDrift image)
    {
        json.WriteStartObject();
        ImageJson.WriteProperties(json, image.Image);
        json.WriteString("status", DriftText.Name(image.Status));
        if (image.Now is { } now)
        {
            if (now.PinExists is { } exists)
                json.WriteBoolean("pinExists", exists);
            if (now.TagDigest is not null || now.TagIsGone)
                json.WriteString("tagDigest", now.TagDigest?.ToString());
            Platforms("gained", now.Gained);
            Platforms("lost", now.Lost);
        }
        json.WriteEndObject();
    }

    private void Platforms(string name, IReadOnlyList<Platform> platforms)
    {
        json.WriteStartArray(name);
        foreach (var platform in platforms)
            json.WriteStringValue(platform.ToString());
        json.WriteEndArray();
    }
}
