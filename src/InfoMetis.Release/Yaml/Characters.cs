using System.Buffers;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>
/// What YAML lets a text hold. YamlDotNet takes a NUL for the end of the file, so what stands behind one would never be read.
/// </summary>
internal static class Characters
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Range('\u0000', '\u0008'),
        .. Range('\u000B', '\u000C'),
        .. Range('\u000E', '\u001F'),
        .. Range('\u007F', '\u0084'),
        .. Range('\u0086', '\u009F'),
        .. Range('\uFFFE', '\uFFFF'),
    ]);

    /// <summary>The position of the first character that may not be there, or -1.</summary>
    public static int FirstForbidden(string text)
    {
        var forbidden = text.AsSpan().IndexOfAny(Forbidden);
        var before = forbidden < 0 ? text.AsSpan() : text.AsSpan(0, forbidden);
        var surrogate = LoneSurrogate(before);
        return surrogate < 0 ? forbidden : surrogate;
    }

    /// <summary>Where a position stands, counting lines as YamlDotNet does.</summary>
    public static Place PlaceOf(string file, int firstLine, string text, int position)
    {
        var (line, start) = (firstLine, 0);
        for (var i = 0; i < position; i++)
        {
            if (EndsLine(text, i))
                (line, start) = (line + 1, i + 1);
        }
        return new Place(file, line, position - start + 1);
    }

    /// <summary>The position at which a place stands, or -1 where the text has no such place.</summary>
    public static int PositionOf(string text, Place place)
    {
        var (line, start) = (1, 0);
        for (var i = 0; i < text.Length && line < place.Line; i++)
        {
            if (EndsLine(text, i))
                (line, start) = (line + 1, i + 1);
        }
        var position = start + place.Column - 1;
        return line == place.Line && position <= text.Length ? position : -1;
    }

    private static bool EndsLine(string text, int i) =>
        text[i] is '\n' or '\u0085' or '\u2028' or '\u2029'
        || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));

    private static int LoneSurrogate(ReadOnlySpan<char> text)
    {
        var position = 0;
        while (text[position..].IndexOfAnyInRange('\uD800', '\uDFFF') is var ahead && ahead >= 0)
        {
            position += ahead;
            if (position + 1 >= text.Length || !char.IsSurrogatePair(text[position], text[position + 1]))
                return position;
            position += 2;
        }
        return -1;
    }

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
