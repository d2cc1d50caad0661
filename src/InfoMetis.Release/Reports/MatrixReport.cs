using System.Text.Json;
using InfoMetis.Release.Coupling;

namespace InfoMetis.Release.Reports;

/// <summary>Which k0s releases a manifest fits, and why not the others.</summary>
public static class MatrixReport
{
    public static void Text(TextWriter writer, IReadOnlyList<CouplingReport> reports, Palette palette)
    {
        var manifest = reports[0].Manifest;
        writer.WriteLine($"{manifest.Name} {manifest.Version} against {reports.Count} releases of k0s");
        writer.WriteLine();
        var table = new TextTable("K0S", "FITS", "REASONS", "FIRST REASON");
        foreach (var report in reports)
            table.Add(
                report.K0s.ToString(),
                report.Fits ? "yes" : "no",
                Number(report.Reasons.Count),
                report.Reasons is [var first, ..] ? $"{first.Code} {first.Subject}" : ""
            );
        table.Write(writer);
        writer.WriteLine();
        if (reports.Any(report => !report.Fits))
            writer.WriteLine("'imrel check --k0s VERSION' gives every reason against one of them in full");
        var fitting = reports.Where(report => report.Fits).Select(report => report.K0s.ToString()).ToList();
        writer.WriteLine(
            fitting.Count == 0 ? palette.Bad("fits none of them") : palette.Good($"fits {string.Join(", ", fitting)}")
        );
    }

    public static void Json(Utf8JsonWriter json, IReadOnlyList<CouplingReport> reports)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "infometis.io/matrix/v1");
        json.WriteString("file", reports[0].Manifest.File);
        json.WriteStartArray("releases");
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteString("k0s", report.K0s.ToString());
            json.WriteBoolean("fits", report.Fits);
            FindingJson.WriteArray(json, "reasons", report.Reasons);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
