using System.Diagnostics;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

/// <summary>What <c>./build.sh publish</c> left behind.</summary>
internal static class Published
{
    private static readonly Lazy<string?> Missing = new(Judge);

    public static string Folder { get; } = RepositoryRoot.PathOf("artifacts", "publish");

    public static string Program { get; } = Path.Combine(Folder, "imrel");

    public static string Materials { get; } = Path.Combine(Folder, "imrel.cdx.json");

    public static string Sums { get; } = Path.Combine(Folder, "SHA256SUMS");

    /// <summary>The commit of this checkout, and whether anything differs from it.</summary>
    public static string Commit { get; } = AskForCommit();

    /// <summary>Why it cannot be tested here, or null where it can or must.</summary>
    public static string? Objection => Tools.MustBeThere ? null : Missing.Value;

    public static JsonNode ReadMaterials() => JsonNode.Parse(File.ReadAllText(Materials))!;

    public static string Version => (string)ReadMaterials()["metadata"]!["component"]!["version"]!;

    private static string? Judge()
    {
        if (!File.Exists(Sums))
            return "artifacts/publish is empty; ./build.sh publish fills it";
        if (!Version.EndsWith($"+{Commit}", StringComparison.Ordinal))
            return $"artifacts/publish holds {Version} and this is {Commit}; ./build.sh publish makes it anew";
        return Directory.GetFiles(Folder, "*.nupkg").Length > 0
            ? null
            : "artifacts/publish has no .NET tool; ./build.sh pack, then publish, adds it";
    }

    private static string AskForCommit()
    {
        const string Property = "-p:SourceRevisionId=";
        var start = new ProcessStartInfo(RepositoryRoot.PathOf("build", "version.sh"))
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said.Split('\n')
                .FirstOrDefault(line => line.StartsWith(Property, StringComparison.Ordinal))
                ?[Property.Length..]
            ?? "";
    }
}
