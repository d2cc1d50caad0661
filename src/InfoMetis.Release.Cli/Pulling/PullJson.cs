using System.Text.Json;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A plan and its outcome for programs.</summary>
internal static class PullJson
{
    public static void Write(Utf8JsonWriter json, PullPlan plan, PullProgress progress)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/pull/v1");
        json.WriteNumber("blobs", plan.Blobs.Count);
        json.WriteNumber("blobsToFetch", plan.BlobsToFetch);
        json.WriteNumber("size", plan.Size);
        json.WriteNumber("here", plan.Here);
        json.WriteNumber("toFetch", plan.ToFetch);
        json.WriteNumber("free", plan.Free);
        json.WriteNumber("fetched", progress.Fetched);
        json.WriteStartArray("images");
        foreach (var image in plan.Images)
        {
            json.WriteStartObject();
            json.WriteString("name", image.Image.Name);
            json.WriteString("image", image.Image.Reference.ToString());
            json.WriteNumber("blobs", image.Blobs.Count);
            json.WriteNumber("size", image.Blobs.Sum(blob => blob.Content.Size));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var (file, blob) in plan.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("digest", file.Sha256.ToString());
            json.WriteNumber("size", blob.Content.Size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
