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

    private static Finding Error(string code, string subject, string fact, string? hint, Place? place) =>
        new(code, Severity.Error, subject, fact) { Hint = hint, Place = place };

    /// <summary>A value from outside, made safe to print on one line.</summary>
    private static string Quote(string value)
    {
        var shown = value.Length > LongestQuote ? string.Concat(value.AsSpan(0, LongestQuote), "…") : value;
        return $"'{Printable(shown)}'";
    }

    private static string Printable(string value)
    {
        foreach (var character in value)
        {
            if (char.IsControl(character))
                return string.Concat(value.Select(c => char.IsControl(c) ? '\uFFFD' : c));
        }
        return value;
    }
}
