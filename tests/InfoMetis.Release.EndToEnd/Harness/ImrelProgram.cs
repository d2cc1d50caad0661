namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>
/// The imrel that is judged, wherever a test is about what it does and not about how it is started from source: the one that
/// $IMREL_UNDER_TEST names, a published file or a tool, or else what was built beside these tests.
/// </summary>
internal static class ImrelProgram
{
    public static string File { get; } =
        Environment.GetEnvironmentVariable("IMREL_UNDER_TEST") is { Length: > 0 } named
            ? Path.GetFullPath(named, RepositoryRoot.Folder)
            : Path.Combine(AppContext.BaseDirectory, "imrel");

    /// <summary>Where a shell finds it by its name.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(File)!;
}
