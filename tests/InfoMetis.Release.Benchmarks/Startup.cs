namespace InfoMetis.Release.Benchmarks;

/// <summary>What <c>imrel check</c> costs beside the least that any .NET program costs.</summary>
internal static class Startup
{
    private const int Runs = 20;

    // Sound, invalid or unpinned, refused: each has read and judged the whole manifest.
    private static readonly int[] Judged = [0, 10, 11];

    public static async Task<IReport> MeasureAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var release = Path.Combine(workshop.Repository, "releases", "v0.5.0.yaml");
        if (!File.Exists(release))
            throw new MeasuringException($"there is no manifest to check: {release}");
        var manifest = workshop.PathOf("manifest.yaml");
        File.Copy(release, manifest, overwrite: true);
        IReadOnlyList<Subject> subjects =
        [
            new("empty console program", await EmptyProgram.BuildAsync(workshop, cancellationToken), [], [0]),
            new("imrel check", await ProgramOfImrelAsync(workshop, cancellationToken), ["check", manifest], Judged),
        ];
        return new Report("startup", await Series.MeasureAsync(subjects, Runs, cancellationToken));
    }

    /// <summary>The program that the imrel script starts, which is built by asking the script for help.</summary>
    public static async Task<string> ProgramOfImrelAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        await Subject.RunAsync(Path.Combine(workshop.Repository, "imrel"), cancellationToken, "--help");
        var builds = Path.Combine(workshop.Repository, "artifacts", "bin", "imrel");
        var current = await File.ReadAllLinesAsync(Path.Combine(builds, "current"), cancellationToken);
        return Path.Combine(builds, current[0], "imrel");
    }
}
