namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with a bundle as it lies on its medium.</summary>
public static partial class Message
{
    public static Finding SumsMalformed(int line, string reason) =>
        Error(
            Codes.SumsMalformed,
            "SHA256SUMS",
            $"line {line} of SHA256SUMS cannot be used: {Printable(Cut(reason, LongestReason))}",
            "Copy SHA256SUMS again from where the bundle was made.",
            new Place("SHA256SUMS", line)
        );
}
