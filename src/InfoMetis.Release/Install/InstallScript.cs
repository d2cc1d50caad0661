using System.Text;
using System.Text.RegularExpressions;

namespace InfoMetis.Release.Install;

/// <summary>
/// install.sh of a bundle: the chapters in the folder Script, one after the other, with the marked values of that bundle
/// in the first. The same values make the same bytes.
/// </summary>
public static partial class InstallScript
{
    private const string Prefix = "install/";

    /// <summary>The names of the chapters, in their order.</summary>
    internal static IReadOnlyList<string> Chapters { get; } = [.. Resource.Names(Prefix).Order(StringComparer.Ordinal)];

    public static byte[] For(ScriptValues values) =>
        Encoding.UTF8.GetBytes(Render(string.Concat(Chapters.Select(Chapter)), values));

    internal static string Chapter(string name) => Encoding.UTF8.GetString(Resource.Bytes(name));

    /// <summary>Puts each value where its mark stands, in one pass, so that no value is taken for a mark.</summary>
    internal static string Render(string template, ScriptValues values)
    {
        var left = new Dictionary<string, string>(values.ByMark, StringComparer.Ordinal);
        foreach (var (mark, value) in left)
        {
            // What is not plain is refused where manifests and inventories are read.
            if (!ScriptValues.IsPlain(value))
                throw new InvalidOperationException($"install.sh cannot hold '{value}' for {mark}");
        }
        var script = Mark()
            .Replace(
                template,
                mark =>
                    left.Remove(mark.Value, out var value)
                        ? value
                        : throw new InvalidOperationException($"install.sh has {mark.Value} twice, or does not know it")
            );
        return left.Count == 0
            ? script
            : throw new InvalidOperationException($"install.sh has no {string.Join(", no ", left.Keys)}");
    }

    [GeneratedRegex("@[A-Z0-9_]+@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
