using System.Text.RegularExpressions;

namespace InfoMetis.Release.Tests.House;

/// <summary>A source file of the library, as far as the rules of the house look into it.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    public const string Library = "InfoMetis.Release";

    /// <summary>The folders between the library and the file; empty for a file of the library itself.</summary>
    public string Room => System.IO.Path.GetDirectoryName(Path) ?? "";

    /// <summary>What the compiler reads: everything but comments.</summary>
    public string Code { get; } = CommentOrText().Replace(Text, match => match.Value[0] == '/' ? " " : match.Value);

    public string Namespace => NamespaceLine().Match(Code).Groups[1].Value;

    /// <summary>The types that the file declares.</summary>
    public IEnumerable<string> Types => Declaration().Matches(Code).Select(match => match.Groups[1].Value);

    /// <summary>Every name in the file, wherever it stands.</summary>
    public IReadOnlySet<string> Words => Word().Matches(Code).Select(match => match.Value).ToHashSet();

    /// <summary>The rooms that the file names: whole (InfoMetis.Release.Oci) or before a type of theirs (Oci.Digest).</summary>
    public IEnumerable<string> Mentions(ILookup<string, string> typesByRoom) =>
        FullName()
            .Matches(Code)
            .Select(match => match.Groups[1].Value)
            .Concat(
                HalfName()
                    .Matches(Code)
                    .Where(match => typesByRoom[match.Groups[1].Value].Contains(match.Groups[2].Value))
                    .Select(match => match.Groups[1].Value)
            )
            .Distinct();

    public static IReadOnlyList<SourceFile> OfProject(string project)
    {
        var root = Repository.PathTo("src", project);
        return
        [
            .. Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => new SourceFile(System.IO.Path.GetRelativePath(root, file), File.ReadAllText(file)))
                .Where(file => file.Room.Split('/')[0] is not ("obj" or "bin"))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    // A text may hold two slashes and a comment may hold quotes, so whichever starts first is taken whole.
    [GeneratedRegex(
        """
            "{3,}.*?"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/
            """,
        RegexOptions.Singleline
    )]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+(?!struct\b|class\b)(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bInfoMetis\.Release\.(\w+)")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?:Release\.)?([A-Z]\w*)\.([A-Z]\w*)")]
    private static partial Regex HalfName();
}
