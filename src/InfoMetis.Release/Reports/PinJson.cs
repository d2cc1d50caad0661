using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>What was pinned, for programs. docs/pinning.md describes the format.</summary>
public sealed class PinJson(Utf8JsonWriter json)
{
    public const string ApiVersion = "infometis.io/pin/v1";

    public void Write(PinResult result, IReadOnlyList<Finding> findings, bool isWritten, ExitCode exitCode)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteNumber("exitCode", (int)exitCode);
        json.WriteString("file", result.Manifest.File);
        json.WriteBoolean("written", isWritten);
        json.WriteStartArray("images");
        foreach (var pin in result.Pins)
            Write(pin);
        json.WriteEndArray();
        FindingJson.WriteArray(json, "findings", findings);
        json.WriteEndObject();
    }

    private void Write(Pin pin)
    {
        json.WriteStartObject();
        ImageJson.WriteProperties(json, pin.Image);
        json.WriteString("status", Name(pin.Status));
        json.WriteString("old", pin.Image.Reference.Digest?.ToString());
        json.WriteString("new", pin.Digest?.ToString());
        json.WriteEndObject();
    }

    private static string Name(PinStatus status) =>
        status switch
        {
            PinStatus.Pinned => "pinned",
            PinStatus.Unchanged => "unchanged",
            _ => "failed",
        };
}
