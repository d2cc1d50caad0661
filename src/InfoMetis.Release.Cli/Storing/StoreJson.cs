using System.Text.Json;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Storing;

/// <summary>What there is to say of a store, for programs.</summary>
internal static class StoreJson
{
    public static void Status(Utf8JsonWriter json, ContentStore store, StoreStatus status)
    {
        Begin(json, store.Root);
        json.WriteNumber("blobs", status.Blobs);
        json.WriteNumber("size", status.Size);
        json.WriteNumber("unneeded", status.Unneeded);
        json.WriteNumber("partial", status.Partial);
        json.WriteNumber("free", status.Free);
        json.WriteStartArray("roots");
        foreach (var root in status.Roots)
        {
            json.WriteStartObject();
            json.WriteString("name", root.Content.Root.Name);
            json.WriteNumber("size", root.Size);
            json.WriteNumber("shared", root.Shared);
            json.WriteNumber("own", root.Own);
            json.WriteBoolean("complete", root.IsComplete);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Verify(Utf8JsonWriter json, ContentStore store, IReadOnlyList<BlobReport> reports)
    {
        Begin(json, store.Root);
        json.WriteBoolean("sound", reports.All(report => report.State is BlobState.Ok));
        json.WriteStartArray("blobs");
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteString("digest", report.Digest.ToString());
            json.WriteString("state", StoreText.Word(report.State));
            json.WriteNumber("size", report.Size);
            if (report.Detail is not null)
                json.WriteString("detail", report.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Prune(Utf8JsonWriter json, PruneReport report, bool isDry)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/store/v1");
        json.WriteBoolean("dryRun", isDry);
        json.WriteNumber("freed", report.Freed);
        json.WriteStartArray("removed");
        foreach (var blob in report.Removed.Concat(report.Partials))
            json.WriteStringValue(blob.Digest.ToString());
        json.WriteEndArray();
        json.WriteStartArray("forgotten");
        foreach (var name in report.Names)
            json.WriteStringValue(name.Name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string store)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/store/v1");
        json.WriteString("store", store);
    }
}
