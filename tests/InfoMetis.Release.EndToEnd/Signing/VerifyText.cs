using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.EndToEnd.Signing;

/// <summary>The commands that VERIFY.txt tells its reader to type, letter by letter.</summary>
internal static class VerifyText
{
    private const string Indent = "    ";

    /// <summary>All of them, but for the line that says where the reader keeps the key.</summary>
    public static IEnumerable<string> Commands(Func<string, bool> wanted) =>
        Instructions
            .For(["demo.tar.zst.part01of02", "demo.tar.zst.part02of02"])
            .Split('\n')
            .Where(line => line.StartsWith(Indent, StringComparison.Ordinal))
            .Select(line => line[Indent.Length..])
            .Where(line => !line.StartsWith("KEY=", StringComparison.Ordinal) && wanted(line));

    public static bool IsOfOpenssl(string line) => !IsOfCosign(line);

    public static bool IsOfCosign(string line) =>
        line.StartsWith("cosign ", StringComparison.Ordinal) || line.Contains("root.json", StringComparison.Ordinal);

    public static string Page { get; } = File.ReadAllText(RepositoryRoot.PathOf("docs", "verify-by-hand.md"));
}
