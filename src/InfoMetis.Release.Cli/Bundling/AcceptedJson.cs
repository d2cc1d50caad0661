using System.Text.Json;
using InfoMetis.Release.Bundle;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>What somebody took responsibility for, the same wherever it appears.</summary>
internal static class AcceptedJson
{
    public static void WriteArray(Utf8JsonWriter json, IEnumerable<AcceptedFinding> findings)
    {
        json.WriteStartArray("accepted");
        foreach (var accepted in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", accepted.Code);
            json.WriteString("subject", accepted.Subject);
            json.WriteString("reason", accepted.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
