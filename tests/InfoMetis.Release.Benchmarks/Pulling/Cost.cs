using System.Globalization;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>What one run of a program took, with all processes that it waited for.</summary>
/// <param name="Processor">Seconds, of users and system.</param>
internal readonly record struct Cost(double Wall, double Processor, double PeakMebibytes)
{
    private const string Meter = "measure.py";
    private const double KibibytesOfAMebibyte = 1024;

    public static Task<Cost> MeasureAsync(Puller puller) => MeasureAsync(puller.Name, puller.Program, puller.Arguments);

    /// <summary>With the peak of all its processes together, and not of the largest.</summary>
    public static Task<Cost> MeasureTogetherAsync(string name, string program, IReadOnlyList<string> words) =>
        MeasureAsync(name, "--together", [program, .. words]);

    public static async Task<Cost> MeasureAsync(string name, string program, IReadOnlyList<string> words)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, Meter), program, .. words];
        var finished = await new Run("python3", arguments) { Limit = TimeSpan.FromMinutes(30) }.ToEndAsync();
        var said = finished.Error.TrimEnd().Split('\n')[^1].Split(' ');
        if (finished.ExitCode != 0 || said[^1] != "0")
            throw new MeasuringException($"{name} failed\n{finished.Output}{finished.Error}");
        return new Cost(Number(said[0]), Number(said[1]), Number(said[2]) / KibibytesOfAMebibyte);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The runs of one puller.</summary>
internal sealed record Costs(string Name, IReadOnlyList<Cost> Runs)
{
    public double Wall => Median(run => run.Wall);

    public double Processor => Median(run => run.Processor);

    /// <summary>A bound is kept by every run or by none.</summary>
    public double PeakMebibytes => Runs.Max(run => run.PeakMebibytes);

    private double Median(Func<Cost, double> of) => new Series(Name, [.. Runs.Select(of)]).Median;
}
