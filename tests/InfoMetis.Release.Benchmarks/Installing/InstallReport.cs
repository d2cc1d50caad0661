using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks.Installing;

/// <summary>What an install costs.</summary>
/// <param name="Costs">Hashing, unpacking, the import alone, into containerd, into a layout.</param>
internal sealed record InstallReport(Corpus Corpus, IReadOnlyList<Costs> Costs) : IReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    private double Least => Costs[0].Wall + Costs[1].Wall;

    private double Beyond => Costs[3].Wall - Costs[2].Wall;

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", "install");
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteNumber("layer_bytes", Corpus.Size);
            json.WriteNumber("beyond_import_s", Math.Round(Beyond, 3));
            json.WriteNumber("ratio", Math.Round(Beyond / Least, 3));
            json.WriteStartArray("series");
            foreach (var costs in Costs)
            {
                json.WriteStartObject();
                json.WriteString("name", costs.Name);
                json.WriteNumber("wall_s", Math.Round(costs.Wall, 3));
                json.WriteNumber("cpu_s", Math.Round(costs.Processor, 3));
                json.WriteNumber("peak_mib", Math.Round(costs.PeakMebibytes, 1));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder("| | median s | CPU s | peak MiB of one process |\n|---|---:|---:|---:|\n");
        foreach (var costs in Costs)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {costs.Name} | {costs.Wall:F2} | {costs.Processor:F2} | {costs.PeakMebibytes:F0} |\n"
            );
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nBeyond the import itself: {Beyond:F2} s, {Beyond / Least:F2} x hashing and unpacking once ({Least:F2} s). "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Corpus.Images.Count} images, {Corpus.Size / 1e9:F2} GB of layers; {Costs[0].Runs.Count} runs of each in turn."
        );
        return text.ToString();
    }
}
