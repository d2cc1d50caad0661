using System.Diagnostics;

namespace InfoMetis.Release.Benchmarks;

/// <summary>A program that is timed from its start to its end.</summary>
/// <param name="Ends">The exit codes of a run that did its work.</param>
internal sealed record Subject(string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyList<int> Ends)
{
    public async Task<TimeSpan> TimeAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var taken = Stopwatch.GetElapsedTime(begun);
        if (!Ends.Contains(process.ExitCode))
            throw new MeasuringException($"{Name} ended with {process.ExitCode}\n{await output}{await error}");
        return taken;
    }

    /// <summary>Runs it once for its effect.</summary>
    public static async Task RunAsync(string program, CancellationToken cancellationToken, params string[] arguments) =>
        await new Subject(Path.GetFileName(program), program, arguments, [0]).TimeAsync(cancellationToken);
}
