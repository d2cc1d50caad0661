using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>Findings as SARIF 2.1.0, which code-scanning services read.</summary>
public static class Sarif
{
    private const string SchemaUri =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings, string toolVersion)
    {
        json.WriteStartObject();
        json.WriteString("$schema", SchemaUri);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, findings, toolVersion);
        json.WriteString("columnKind", "unicodeCodePoints");
        json.WriteStartArray("results");
        foreach (var finding in findings)
            Result(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, IReadOnlyList<Finding> findings, string toolVersion)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "imrel");
        json.WriteString("version", toolVersion);
        json.WriteStartArray("rules");
        foreach (
            var code in findings
                .Select(finding => finding.Code)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteStartObject("shortDescription");
            json.WriteString("text", MessagePages.Title(code));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteString("level", Level(finding.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", finding.Hint is null ? finding.Fact : $"{finding.Fact}. {finding.Hint}");
        json.WriteEndObject();
        if (finding.Place is { } place)
            Location(json, place);
        json.WriteStartObject("properties");
        json.WriteString("subject", finding.Subject);
        if (finding.Rule is not null)
            json.WriteString("rule", finding.Rule);
        if (finding.Source is not null)
            json.WriteString("source", finding.Source);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Location(Utf8JsonWriter json, Place place)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(place.File));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Line);
        json.WriteNumber("startColumn", place.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Level(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        };

    /// <summary>A relative path is a relative URI, but for the characters that URIs reserve.</summary>
    private static string UriOf(string file) =>
        Path.IsPathRooted(file)
            ? new Uri(file).AbsoluteUri
            : string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
}
