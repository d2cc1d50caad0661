using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Verifying;

/// <summary>A verification for programs. docs/verify.md describes the format.</summary>
internal static class VerifyJson
{
    private const string ApiVersion = "infometis.io/verify/v1";

    public static void Write(Utf8JsonWriter json, VerifyResult result, ExitCode exitCode)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", ApiVersion);
        json.WriteNumber("exitCode", (int)exitCode);
        json.WriteBoolean("sound", result.IsSound);
        json.WriteString("archive", result.Archive);
        if (result.Reading?.Inventory is { } inventory)
        {
            json.WriteString("name", inventory.Name);
            json.WriteString("version", inventory.Version);
            json.WriteString("platform", inventory.Platform.ToString());
            json.WriteString("k0s", inventory.K0s);
            json.WriteString("index", inventory.Index.ToString());
            json.WriteNumber("images", inventory.Images.Count);
            json.WriteNumber("blobs", result.Reading.Blobs);
            json.WriteNumber("unpacked", result.Reading.Unpacked);
        }
        Strings(json, "signedBy", result.SignedBy.Select(key => key.ToString()));
        json.WriteStartArray("files");
        foreach (var file in result.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("state", file.State.ToString().ToLowerInvariant());
            if (file.Size is { } size)
                json.WriteNumber("size", size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Strings(json, "copyAgain", result.CopyAgain);
        json.WriteStartObject("steps");
        foreach (var step in Enum.GetValues<VerifyStep>())
            json.WriteString(VerifyText.Name(step), State(result, step));
        json.WriteEndObject();
        FindingJson.WriteArray(json, "findings", result.Findings);
        json.WriteEndObject();
    }

    private static string State(VerifyResult result, VerifyStep step) =>
        result.ErrorsOf(step).Any() ? "fails"
        : result.WasTaken(step) ? "holds"
        : "unknown";

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
