namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with a bundle as it lies on its medium.</summary>
public static partial class Message
{
    public static Finding SumsMalformed(string reason) =>
        Error(
            Codes.SumsMalformed,
            "SHA256SUMS",
            $"SHA256SUMS cannot be used: {Clip(reason)}",
            "Copy SHA256SUMS again from where the bundle was made.",
            new Place("SHA256SUMS")
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
