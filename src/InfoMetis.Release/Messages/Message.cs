using System.Globalization;
using System.Text;

namespace InfoMetis.Release.Messages;

/// <summary>
/// Every sentence a user can see, one named method each; the parts of this class are split by family.
/// </summary>
/// <remarks>
/// Rules of the house: the fact comes first, with its values, in one sentence without a full stop at the end of the line.
/// The hint says what to do next, in the imperative, or is absent. Found values stand in single quotes and are cut at
/// 80 characters and cleaned of control characters, for they come from files nobody vouches for. No sentence blames the reader.
/// </remarks>
public static partial class Message
{
    private const int LongestQuote = 80;
    private const int LongestSubject = 255;

    private static Finding Error(string code, string subject, string fact, string? hint, Place? place) =>
        new(code, Severity.Error, Printable(Cut(subject, LongestSubject)), fact) { Hint = hint, Place = place };

    /// <summary>A value from outside, made safe to print on one line.</summary>
    private static string Quote(string value) => $"'{Printable(Cut(value, LongestQuote))}'";

    private static string Cut(string value, int longest)
    {
        if (value.Length <= longest)
            return value;
        var end = char.IsHighSurrogate(value[longest - 1]) ? longest - 1 : longest;
        return string.Concat(value.AsSpan(0, end), "…");
    }

    private static string Printable(string value) =>
        value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? value
            : string.Concat(
                value.EnumerateRunes().Select(rune => (IsVisible(rune) ? rune : Rune.ReplacementChar).ToString())
            );

    /// <summary>Whether a character shows itself: marks that turn the direction of text or hide in it do not.</summary>
    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
