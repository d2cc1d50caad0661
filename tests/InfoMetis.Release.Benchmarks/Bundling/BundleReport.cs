using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>Contenders for one piece of work; the last is ours.</summary>
internal sealed record BundleGroup(string Work, IReadOnlyList<Costs> Costs);

/// <summary>What bundles cost.</summary>
internal sealed record BundleReport(Corpus Corpus, IReadOnlyList<BundleGroup> Groups, Sizes Sizes) : IReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("benchmark", "bundle");
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteString("system", RuntimeInformation.OSDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteNumber("layer_bytes", Corpus.Size);
            json.WriteStartObject("sizes");
            json.WriteNumber("tar", Sizes.Tar);
            json.WriteNumber("zstd_3", Sizes.Quick);
            json.WriteNumber("zstd_3_long_27", Sizes.Long);
            json.WriteNumber("imrel", Sizes.Ours);
            json.WriteEndObject();
            json.WriteStartArray("series");
            foreach (var group in Groups)
            {
                foreach (var costs in group.Costs)
                    Write(json, group, costs);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var group in Groups)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {group.Work} | median s | CPU s | peak MiB | ours to it, wall |\n"
            );
            text.Append("|---|---:|---:|---:|---:|\n");
            foreach (var costs in group.Costs)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {costs.Name} | {costs.Wall:F2} | {costs.Processor:F2} | {costs.PeakMebibytes:F0} | {group.Costs[^1].Wall / costs.Wall:F2} |\n"
                );
            text.Append('\n');
        }
        text.Append("| the same layout | bytes | ours to it |\n|---|---:|---:|\n");
        foreach (var (name, size) in Rows())
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {size} | {(double)Sizes.Ours / size:F4} |\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n{Corpus.Images.Count} images, {Corpus.Size / 1e9:F2} GB of layers; {Groups[0].Costs[0].Runs.Count} runs of each in turn, the peak is the highest of one process; {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors."
        );
        return text.ToString();
    }

    private (string Name, long Size)[] Rows() =>
        [
            ("tar", Sizes.Tar),
            ("tar, zstd -T0 -3", Sizes.Quick),
            ("tar, zstd -T0 -3 --long=27", Sizes.Long),
            ("archive of imrel bundle", Sizes.Ours),
        ];

    private static void Write(Utf8JsonWriter json, BundleGroup group, Costs costs)
    {
        json.WriteStartObject();
        json.WriteString("work", group.Work);
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
        json.WriteEndObject();
    }
}
