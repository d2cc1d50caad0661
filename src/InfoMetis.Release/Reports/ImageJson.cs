using System.Text.Json;
using InfoMetis.Release.Manifests;

namespace InfoMetis.Release.Reports;

/// <summary>An image of a release as JSON, the same wherever it appears.</summary>
public static class ImageJson
{
    public static void WriteProperties(Utf8JsonWriter json, ReleaseImage image)
    {
        json.WriteString("name", image.Name);
        json.WriteString("group", image.Group is ImageGroup.Apps ? "apps" : "auxiliary");
        json.WriteString("image", image.Reference.ToString());
        json.WriteString("version", image.Version);
        if (image.Stack is not null)
            json.WriteString("stack", image.Stack);
        json.WriteBoolean("pinned", image.IsPinned);
    }
}
