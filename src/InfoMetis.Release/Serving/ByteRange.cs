using System.Globalization;

namespace InfoMetis.Release.Serving;

/// <summary>The bytes that a request asks for, of content of a known size.</summary>
internal readonly record struct ByteRange(long From, long Length)
{
    private const string Unit = "bytes=";

    public static ByteRange Unsatisfiable { get; } = new(-1, 0);

    /// <summary>Null where all of it is asked for: with no range, several, or one that cannot be understood (RFC 9110, 14.2).</summary>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header?.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) is not true)
            return null;
        if (header[Unit.Length..].Trim().Split('-') is not [var first, var last])
            return null;
        var (from, to) = (Number(first), Number(last));
        if (from is null ? first.Length > 0 || to is null : last.Length > 0 && !(to >= from))
            return null;
        var (start, end) = from is { } at
            ? (at, Math.Min(to ?? long.MaxValue, size - 1))
            : (size - to!.Value, size - 1);
        return start >= size || (from is null && to == 0)
            ? Unsatisfiable
            : new ByteRange(Math.Max(start, 0), end - Math.Max(start, 0) + 1);
    }

    /// <summary>A number that is too large for the type is larger than any content, too.</summary>
    private static long? Number(string text) =>
        text.Length == 0 || !text.All(char.IsAsciiDigit) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : long.MaxValue;
}
