using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What the pullers cost; the first is the one that the others are compared with.</summary>
internal sealed record PullReport(Corpus Corpus, IReadOnlyList<Costs> Costs) : IReport
{
    public byte[] ToJson() =>
        ReportJson.Of(
            "pull",
            Corpus,
            json =>
            {
                json.WriteStartArray("series");
                foreach (var costs in Costs)
                {
                    json.WriteStartObject();
                    json.WriteNumber("wall_ratio", Math.Round(WallRatio(costs), 3));
                    json.WriteNumber("cpu_ratio", Math.Round(ProcessorRatio(costs), 3));
                    ReportJson.WriteRuns(json, costs);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        );

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

    private double WallRatio(Costs costs) => costs.Wall / Costs[0].Wall;

    private double ProcessorRatio(Costs costs) => costs.Processor / Costs[0].Processor;
}
