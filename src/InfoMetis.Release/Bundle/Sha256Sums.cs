using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>One line of SHA256SUMS.</summary>
public readonly record struct SumLine(Digest Sha256, string File);

/// <summary>
/// SHA256SUMS: every file of a bundle but the list and its signatures, as <c>sha256sum</c> writes and checks it. It is the
/// one thing that is signed, so it is read strictly: plain names, each once, in order.
/// </summary>
public static class Sha256Sums
{
    public const int LargestSize = 1 << 20;

    private const string Gap = "  ";

    public static byte[] Bytes(IEnumerable<SumLine> lines) =>
        Encoding.ASCII.GetBytes(
            string.Concat(
                lines
                    .OrderBy(line => line.File, StringComparer.Ordinal)
                    .Select(line => $"{line.Sha256.Hex}{Gap}{line.File}\n")
            )
        );

    /// <exception cref="ReleaseException">It is not as it is written here.</exception>
    public static IReadOnlyList<SumLine> Parse(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content[^1] != '\n')
            throw Malformed(1, "it does not end with the end of a line");
        var lines = new List<SumLine>();
        foreach (var text in Encoding.UTF8.GetString(content[..^1]).Split('\n'))
        {
            var line = Line(text, lines.Count + 1);
            if (lines.Count > 0 && string.CompareOrdinal(lines[^1].File, line.File) >= 0)
                throw Malformed(lines.Count + 1, $"'{line.File}' does not come after the name before it");
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>Whether a name may stand in the list: of one file in the same folder, that means nothing to a shell.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 255
        && name[0] is not ('.' or '-')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-')
        && name is not (BundleNames.Sums or BundleNames.Signature or BundleNames.Sigstore);

    private static SumLine Line(string text, int number)
    {
        var gap = text.IndexOf(Gap, StringComparison.Ordinal);
        if (gap < 0 || !Digest.TryParse($"{Digest.Algorithm}:{text[..gap]}", out var digest))
            throw Malformed(number, "it is not 64 hexadecimal digits, two spaces and a name");
        var name = text[(gap + Gap.Length)..];
        return IsName(name)
            ? new SumLine(digest, name)
            : throw Malformed(number, $"'{name}' is no plain name of a file beside it");
    }

    private static ReleaseException Malformed(int line, string reason) => new(Message.SumsMalformed(line, reason));
}
