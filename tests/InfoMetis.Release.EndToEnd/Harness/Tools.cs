namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>The programs of others that tests run: installed on the machine, or unpacked beside the build.</summary>
internal static class Tools
{
    private const string Installer = "build/install-test-tools.sh";

    /// <summary>What a desk may lack, a machine that judges may not.</summary>
    public static bool MustBeThere { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    public static string SearchPath { get; } =
        RepositoryRoot.PathOf("artifacts", "tools", "usr", "bin")
        + Path.PathSeparator
        + Environment.GetEnvironmentVariable("PATH")
        + Path.PathSeparator
        + "/usr/sbin:/sbin";

    /// <summary>Why a test cannot run here, or null where it can or must.</summary>
    public static string? Objection(IEnumerable<string> tools, bool mustBeThere)
    {
        if (mustBeThere)
            return null;
        var missing = tools.Where(tool => Find(tool) is null).ToList();
        return missing.Count == 0 ? null : $"{string.Join(", ", missing)} not found; {Installer} installs it";
    }

    /// <summary>The full path of a tool.</summary>
    public static string Require(string tool) =>
        Find(tool) ?? throw new FileNotFoundException($"{tool} not found; {Installer} installs it", tool);

    private static string? Find(string tool) =>
        SearchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);
}
