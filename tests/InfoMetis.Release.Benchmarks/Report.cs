using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Benchmarks;

/// <summary>What was measured; the first series is the one that the others are compared with.</summary>
internal sealed record Report(string Name, IReadOnlyList<Series> Series) : IReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    private Series Base => Series[0];

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", Name);
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteStartArray("series");
            foreach (var series in Series)
                Write(json, series);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public string ToMarkdown()
    {
        var table = new StringBuilder();
        table.Append("| program | median ms | least | most | times the first |\n|---|---:|---:|---:|---:|\n");
        foreach (var series in Series)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {series.Name} | {series.Median:F1} | {series.Least:F1} | {series.Most:F1} | {Ratio(series):F2} |\n"
            );
        }
        table.Append(
            CultureInfo.InvariantCulture,
            $"\n{Base.Milliseconds.Count} runs of each in turn; {RuntimeInformation.FrameworkDescription}, "
        );
        table.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors.");
        return table.ToString();
    }

    private void Write(Utf8JsonWriter json, Series series)
    {
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        json.WriteNumber("median_ms", Math.Round(series.Median, 3));
        json.WriteNumber("ratio", Math.Round(Ratio(series), 3));
        json.WriteStartArray("runs_ms");
        foreach (var time in series.Milliseconds)
            json.WriteNumberValue(Math.Round(time, 3));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private double Ratio(Series series) => series.Median / Base.Median;
}
