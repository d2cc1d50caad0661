namespace InfoMetis.Release.Tests;

/// <summary>The files of this repository, for tests that judge them.</summary>
internal static class Repository
{
    private const string DeterministicRoot = "/_/";

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Where a source file is: a deterministic build writes another root into it than it has.</summary>
    public static string SourceFile(string compiled) =>
        compiled.StartsWith(DeterministicRoot, StringComparison.Ordinal)
            ? PathTo(compiled[DeterministicRoot.Length..])
            : compiled;

    private static string Find(string folder)
    {
        for (var candidate = folder; candidate is not null; candidate = Path.GetDirectoryName(candidate))
        {
            if (File.Exists(Path.Combine(candidate, "InfoMetis.Release.sln")))
                return candidate;
        }
        throw new InvalidOperationException($"no InfoMetis.Release.sln above '{folder}'");
    }
}
