using System.Globalization;
using System.Text;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks.Installing;

/// <summary>What an install costs.</summary>
/// <param name="Costs">Hashing, unpacking, the import alone, into containerd, into a layout.</param>
internal sealed record InstallReport(Corpus Corpus, IReadOnlyList<Costs> Costs) : IReport
{
    private double Least => Costs[0].Wall + Costs[1].Wall;

    private double Beyond => Costs[3].Wall - Costs[2].Wall;

    public byte[] ToJson() =>
        ReportJson.Of(
            "install",
            Corpus,
            json =>
            {
                json.WriteNumber("beyond_import_s", Math.Round(Beyond, 3));
                json.WriteNumber("ratio", Math.Round(Beyond / Least, 3));
                json.WriteStartArray("series");
                foreach (var costs in Costs)
                {
                    json.WriteStartObject();
                    ReportJson.WriteRuns(json, costs);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        );

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
