using InfoMetis.Release.Benchmarks.Bundling;
using InfoMetis.Release.Benchmarks.Installing;
using InfoMetis.Release.Benchmarks.Pulling;

namespace InfoMetis.Release.Benchmarks;

/// <summary>Runs the benchmarks that are named, or all; ends with 0, or with 1 when one could not be measured.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<Workshop, CancellationToken, Task<IReport>>> Benchmarks = new(
        StringComparer.Ordinal
    )
    {
        ["startup"] = Startup.MeasureAsync,
        ["pull"] = Pull.MeasureAsync,
        ["bundle"] = Bundles.MeasureAsync,
        ["install"] = Installs.MeasureAsync,
    };

    private static async Task<int> Main(string[] args)
    {
        var unknown = args.Where(name => !Benchmarks.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"no benchmark is named {string.Join(", ", unknown)}; there are: {string.Join(", ", Benchmarks.Keys)}"
            );
            return 2;
        }
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        var workshop = Workshop.Open();
        TouchedMemory.Fill(workshop.PathOf("."));
        foreach (var name in args.Length > 0 ? args : [.. Benchmarks.Keys])
        {
            try
            {
                var report = await Benchmarks[name](workshop, interrupted.Token);
                await File.WriteAllBytesAsync(workshop.PathOf($"{name}.json"), report.ToJson(), interrupted.Token);
                Console.WriteLine(report.ToMarkdown());
            }
            catch (MeasuringException exception)
            {
                await Console.Error.WriteLineAsync($"{name}: {exception.Message}");
                return 1;
            }
        }
        return 0;
    }
}
