using System.Diagnostics.CodeAnalysis;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>A file as SHA256SUMS lists it.</summary>
public sealed record Checksum(Digest Digest, string Name)
{
    public override string ToString() => $"{Digest.Hex}  {Name}";
}

/// <summary>
/// The text of SHA256SUMS, as <c>sha256sum</c> writes it: 64 hexadecimal digits, two spaces, the name of a file beside
/// the list. Each line is ended by a line feed and each file listed once.
/// </summary>
public sealed record ChecksumList(IReadOnlyList<Checksum> Entries)
{
    private const int DigitsAndSpaces = 66;

    /// <summary>The same files make the same list, in whatever order they are named.</summary>
    public static ChecksumList Of(IEnumerable<Checksum> entries) =>
        new([.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);

    /// <summary>Parses, and where that fails says why, in words that go on after a colon.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out ChecksumList? list,
        [NotNullWhen(false)] out string? reason
    )
    {
        var entries = new List<Checksum>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lines = text.Split('\n');
        reason =
            lines.Length == 1 ? "it lists no file, or its last line is not ended by a line feed"
            : lines[^1].Length > 0 ? "its last line is not ended by a line feed"
            : null;
        for (var at = 0; at < lines.Length - 1 && reason is null; at++)
        {
            if (Entry(lines[at]) is not { } entry)
                reason = $"line {at + 1} is not 64 hexadecimal digits, two spaces and the name of a file beside it";
            else if (!names.Add(entry.Name))
                reason = $"line {at + 1} lists a file a second time, or one that differs from it only in case";
            else
                entries.Add(entry);
        }
        list = reason is null ? new ChecksumList(entries) : null;
        return list is not null;
    }

    /// <summary>The text of the file.</summary>
    public override string ToString() => string.Concat(Entries.Select(entry => $"{entry}\n"));

    private static Checksum? Entry(string line) =>
        line.Length > DigitsAndSpaces
        && line[(DigitsAndSpaces - 2)..DigitsAndSpaces] == "  "
        && Digest.TryParse($"{Digest.Algorithm}:{line[..(DigitsAndSpaces - 2)]}", out var digest)
        && IsFileName(line[DigitsAndSpaces..])
            ? new Checksum(digest, line[DigitsAndSpaces..])
            : null;

    /// <summary>Nothing that leads out of the folder, hides, looks like an option, or has to be quoted.</summary>
    private static bool IsFileName(string name) =>
        char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '+')
        && !name.StartsWith(SignedFiles.Sums, StringComparison.OrdinalIgnoreCase);
}
