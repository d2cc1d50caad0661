using System.Globalization;
using System.Text;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks.Installing;

/// <summary>What an install costs.</summary>
/// <param name="Where">The folders of the runtime lie in memory, or on the disk.</param>
/// <param name="Costs">Hashing, unpacking, the import alone, into containerd, once more, into a layout.</param>
internal sealed record InstallReport(Corpus Corpus, string Where, IReadOnlyList<Costs> Costs) : IReport
{
    /// <summary>What the script may take beyond the import, as a multiple of hashing and unpacking once.</summary>
    private const double Aim = 1.2;

    private double Least => Costs[0].Wall + Costs[1].Wall;

    private double LeastOfProcessor => Costs[0].Processor + Costs[1].Processor;

    /// <summary>Each install against the import of its own round: what slows a machine down slows both.</summary>
    private double Beyond => MedianBeyond(cost => cost.Wall);

    /// <summary>Without that of the runtime, which nobody here waits for.</summary>
    private double BeyondOfProcessor => MedianBeyond(cost => cost.Processor);

    private double MedianBeyond(Func<Cost, double> of) =>
        new Series(
            "beyond",
            [.. Costs[3].Runs.Zip(Costs[2].Runs, (install, import) => of(install) - of(import))]
        ).Median;

    public byte[] ToJson() =>
        ReportJson.Of(
            "install",
            Corpus,
            json =>
            {
                json.WriteNumber("beyond_import_s", Math.Round(Beyond, 3));
                json.WriteNumber("ratio", Math.Round(Beyond / Least, 3));
                json.WriteNumber("beyond_import_cpu_s", Math.Round(BeyondOfProcessor, 3));
                json.WriteNumber("cpu_ratio", Math.Round(BeyondOfProcessor / LeastOfProcessor, 3));
                json.WriteString("runtime_folders", Where);
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
        var text = new StringBuilder("| | median s | CPU s | peak MiB |\n|---|---:|---:|---:|\n");
        foreach (var costs in Costs)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {costs.Name} | {costs.Wall:F2} | {costs.Processor:F2} | {costs.PeakMebibytes:F0} |\n"
            );
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nAgainst the import itself: {Beyond:+0.00;-0.00} s, {Beyond / Least:F2} x hashing and unpacking once ({Least:F2} s; aim: at most {Aim:F1} x). "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"Of processor time, without that of the runtime: {BeyondOfProcessor:+0.00;-0.00} s, {BeyondOfProcessor / LeastOfProcessor:F2} x ({LeastOfProcessor:F2} s). "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"The runtime's folders lay {Where}. Of install.sh the peak is of all its processes together. "
        );
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Corpus.Images.Count} images, {Corpus.Size / 1e9:F2} GB of layers; {Costs[0].Runs.Count} runs of each in turn."
        );
        return text.ToString();
    }
}
