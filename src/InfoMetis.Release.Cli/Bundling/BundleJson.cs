using System.Text.Json;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>What became of a release, for programs.</summary>
internal static class BundleJson
{
    public static void Write(Utf8JsonWriter json, JudgedRelease release, IReadOnlyList<MadeBundle> made)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/bundle/v1");
        json.WriteString("name", release.Manifest.Name);
        json.WriteString("version", release.Manifest.Version);
        json.WriteString("k0s", release.K0s.ToString());
        AcceptedJson.WriteArray(json, release.Accepted);
        json.WriteStartArray("bundles");
        foreach (var bundle in made)
            Write(json, bundle);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MadeBundle bundle)
    {
        json.WriteStartObject();
        json.WriteString("folder", bundle.Folder);
        json.WriteString("platform", bundle.Inventory.Platform.ToString());
        json.WriteString("index", bundle.Inventory.Index.ToString());
        json.WriteNumber("size", bundle.Size);
        json.WriteStartArray("archive");
        foreach (var file in bundle.Archive)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("size", file.Length);
            json.WriteString("sha256", file.Sha256!.Value.Hex);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("signedBy");
        foreach (var key in bundle.Proof.SignedBy)
            json.WriteStringValue(key.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
