using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>
/// What YAML lets a text hold. YamlDotNet takes a NUL for the end of the file, so what stands behind one would never be read.
/// </summary>
internal static class Characters
{
    /// <summary>The position of the first character that may not be there, or -1.</summary>
    public static int FirstForbidden(string text)
    {
        // From one unusual character to the next, of which there is hardly more than the end of each line.
        for (var position = NextUnusual(text, 0); position < text.Length; position = NextUnusual(text, position + 1))
        {
            if (
                char.IsHighSurrogate(text[position])
                && position + 1 < text.Length
                && char.IsLowSurrogate(text[position + 1])
            )
                position++;
            else if (IsForbidden(text[position]))
                return position;
        }
        return -1;
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

    private static int NextUnusual(string text, int from) =>
        text.AsSpan(from).IndexOfAnyExceptInRange(' ', '~') is var ahead && ahead < 0 ? text.Length : from + ahead;

    private static bool IsForbidden(char character) =>
        character
            is (< ' ' and not ('\t' or '\n' or '\r'))
                or (>= '\u007F' and <= '\u009F' and not '\u0085')
                or (>= '\uD800' and <= '\uDFFF')
                or '\uFFFE'
                or '\uFFFF';
}
