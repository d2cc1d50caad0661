using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What the pullers cost; the first is the one that the others are compared with.</summary>
internal sealed record PullReport(Corpus Corpus, IReadOnlyList<Costs> Costs) : IReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", "pull");
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteNumber("images", Corpus.Images.Count);
            json.WriteNumber("layer_bytes", Corpus.Size);
            json.WriteStartArray("series");
            foreach (var costs in Costs)
                Write(json, costs);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public string ToMarkdown()
    {
        var table = new StringBuilder();
        table.Append("| program | median s | CPU s | peak MiB | wall, times the first | CPU, times the first |\n");
        table.Append("|---|---:|---:|---:|---:|---:|\n");
        foreach (var costs in Costs)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {costs.Name} | {costs.Wall:F2} | {costs.Processor:F2} | {costs.PeakMebibytes:F0} "
            );
            table.Append(CultureInfo.InvariantCulture, $"| {WallRatio(costs):F2} | {ProcessorRatio(costs):F2} |\n");
        }
        table.Append(
            CultureInfo.InvariantCulture,
            $"\n{Corpus.Images.Count} images, {Corpus.Size / 1e9:F2} GB of layers; {Costs[0].Runs.Count} runs of each in turn, "
        );
        table.Append(
            CultureInfo.InvariantCulture,
            $"the peak is the highest of them; {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors."
        );
        return table.ToString();
    }

    private void Write(Utf8JsonWriter json, Costs costs)
    {
        json.WriteStartObject();
        json.WriteString("name", costs.Name);
        json.WriteNumber("wall_ratio", Math.Round(WallRatio(costs), 3));
        json.WriteNumber("cpu_ratio", Math.Round(ProcessorRatio(costs), 3));
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
        json.WriteEndObject();
    }

    private double WallRatio(Costs costs) => costs.Wall / Costs[0].Wall;

    private double ProcessorRatio(Costs costs) => costs.Processor / Costs[0].Processor;
}
