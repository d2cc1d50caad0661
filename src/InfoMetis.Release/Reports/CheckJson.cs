using System.Text.Json;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>A check for programs. docs/check.md describes the format.</summary>
public sealed class CheckJson(Utf8JsonWriter json)
{
    public const string ApiVersion = "infometis.io/check/v1";

    public void Write(CheckResult result, ExitCode exitCode)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteNumber("exitCode", (int)exitCode);
        json.WriteStartArray("manifests");
        foreach (var manifest in result.Manifests)
            Manifest(manifest);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Manifest(CheckedManifest result)
    {
        json.WriteStartObject();
        json.WriteString("file", result.File);
        if (result is { Manifest: { } manifest, Coupling: { } coupling })
        {
            json.WriteString("name", manifest.Name);
            json.WriteString("version", manifest.Version);
            json.WriteString("k0s", coupling.K0s.ToString());
            json.WriteBoolean("fits", coupling.Fits);
            json.WriteStartArray("images");
            foreach (var image in manifest.Images)
                Image(image, coupling);
            json.WriteEndArray();
        }
        FindingJson.WriteArray(json, "findings", result.Findings);
        json.WriteEndObject();
    }

    private void Image(ReleaseImage image, CouplingReport coupling)
    {
        json.WriteStartObject();
        ImageJson.WriteProperties(json, image);
        json.WriteStartArray("checks");
        foreach (var verdict in coupling.Verdicts.Where(verdict => ReferenceEquals(verdict.Image, image)))
        {
            json.WriteStartObject();
            json.WriteString("rule", verdict.Rule.Claim.Rule);
            json.WriteBoolean("holds", verdict.Finding is null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
