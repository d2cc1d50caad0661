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

    public static Finding NotReproduced(string what, string where, string hint) =>
        Error(
            Codes.NotReproduced,
            what,
            $"{what} is not what its release is built to here: they differ first at {where}",
            hint,
            null
        );
}
