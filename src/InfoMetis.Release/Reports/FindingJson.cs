using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>A finding as JSON, the same wherever it appears.</summary>
public static class FindingJson
{
    public static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
            Write(json, finding);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", FindingText.Name(finding.Severity));
        json.WriteString("subject", finding.Subject);
        json.WriteString("fact", finding.Fact);
        if (finding.Hint is not null)
            json.WriteString("hint", finding.Hint);
        if (finding.Place is { } place)
            WritePlace(json, place);
        if (finding.Rule is not null)
            json.WriteString("rule", finding.Rule);
        if (finding.Source is not null)
            json.WriteString("source", finding.Source);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Place place)
    {
        json.WriteStartObject("place");
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
        json.WriteEndObject();
    }
}
