using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>Contenders for one piece of work; the last is ours.</summary>
internal sealed record BundleGroup(string Work, IReadOnlyList<Costs> Costs);

/// <summary>What bundles cost.</summary>
internal sealed record BundleReport(Corpus Corpus, IReadOnlyList<BundleGroup> Groups, Sizes Sizes) : IReport
{
    public byte[] ToJson() =>
        ReportJson.Of(
            "bundle",
            Corpus,
            json =>
            {
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
                    {
                        json.WriteStartObject();
                        json.WriteString("work", group.Work);
                        ReportJson.WriteRuns(json, costs);
                        json.WriteEndObject();
                    }
                }
                json.WriteEndArray();
            }
        );

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
}
