using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>A way to do a piece of work, which leaves something behind that can be looked at.</summary>
/// <param name="Fresh">What is removed before each run, so that it starts from nothing.</param>
/// <param name="Result">A file or folder that holds what was made; null where the work leaves nothing.</param>
internal sealed record Contender(
    string Name,
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Fresh,
    string? Result
)
{
    /// <summary>A pipeline, with what it works on as positional parameters.</summary>
    public static Contender OfScript(
        string name,
        string script,
        IReadOnlyList<string> words,
        IReadOnlyList<string> fresh,
        string? result
    ) => new(name, "bash", ["-euo", "pipefail", "-c", script, "bash", .. words], fresh, result);

    /// <summary>Whether its peak is that of all its processes together.</summary>
    public bool Together { get; init; }

    public async Task<Cost> RunAsync(long atLeast)
    {
        foreach (var path in Fresh)
            Remove(path);
        // What the run before has left unwritten would be written at the expense of this one.
        await new Run("sync").ToEndAsync();
        var cost = await (
            Together ? Cost.MeasureTogetherAsync(Name, Program, Arguments) : Cost.MeasureAsync(Name, Program, Arguments)
        );
        if (Result is not null && SizeOf(Result) is var size && size < atLeast)
            throw new MeasuringException($"{Name} left {size} bytes where there are {atLeast}");
        return cost;
    }

    public static long SizeOf(string path) =>
        File.Exists(path)
            ? new FileInfo(path).Length
            : new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        File.Delete(path);
    }
}
