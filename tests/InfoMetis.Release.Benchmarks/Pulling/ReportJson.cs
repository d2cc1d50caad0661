using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What the reports of work on the corpus have in common, for programs.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static byte[] Of(string benchmark, Corpus corpus, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", benchmark);
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteNumber("images", corpus.Images.Count);
            json.WriteNumber("layer_bytes", corpus.Size);
            rest(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteRuns(Utf8JsonWriter json, Costs costs)
    {
        json.WriteString("name", costs.Name);
        json.WriteStartArray("runs");
        foreach (var run in costs.Runs)
        {
            json.WriteStartObject();
            json.WriteNumber("wall_s", Math.Round(run.Wall, 3));
            json.WriteNumber("cpu_s", Math.Round(run.Processor, 3));
            json.WriteNumber("peak_mib", Math.Round(run.PeakMebibytes, 1));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
