using System.Text.Json;

namespace InfoMetis.Release.Cli.Pushing;

/// <summary>A push for programs.</summary>
internal static class PushJson
{
    /// <param name="result">Null where only a plan was made.</param>
    public static void Write(Utf8JsonWriter json, PushPlan plan, PushProgress progress, PushResult? result)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/push/v1");
        json.WriteString("registry", plan.Destination.ToString());
        json.WriteNumber("blobs", plan.Blobs.Count);
        json.WriteNumber("blobsToPush", plan.BlobsToPush);
        json.WriteNumber("size", plan.Size);
        json.WriteNumber("toPush", plan.ToPush);
        json.WriteNumber("pushed", progress.Pushed);
        json.WriteNumber("blobsPushed", progress.Blobs);
        json.WriteNumber("blobsLinked", progress.Mounted);
        json.WriteStartArray("images");
        foreach (var image in plan.Images)
            Write(json, image, result?.Images.FirstOrDefault(pushed => ReferenceEquals(pushed.Plan, image)));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedPush image, PushedImage? pushed)
    {
        json.WriteStartObject();
        json.WriteString("name", image.Image.Name);
        json.WriteString("image", image.Image.Reference.ToString());
        json.WriteString("target", image.Target.Tagged);
        json.WriteString("digest", image.Root.Descriptor.Digest.ToString());
        json.WriteNumber("leftOut", image.LeftOut.Count);
        json.WriteBoolean("isThere", pushed is not null);
        if (pushed is not null)
        {
            json.WriteString("tagged", pushed.Tagged.ToString());
            json.WriteBoolean("hasDigest", pushed.HasRoot);
        }
        json.WriteEndObject();
    }
}
