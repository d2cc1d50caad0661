namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with what was asked for, where the command line itself was well formed.</summary>
public static partial class Message
{
    public static Finding UnknownStackAsked(string stack, string file, string known) =>
        Error(
            Codes.UnknownStackAsked,
            "--stack",
            $"{file} declares no stack {Quote(stack)}",
            known.Length == 0 ? "It declares none at all." : $"It declares {known}.",
            place: null
        );

    public static Finding UnknownCode(string code, string? nearest) =>
        Error(
            Codes.UnknownCode,
            "explain",
            $"there is no message {Quote(code)}",
            nearest is null ? "'imrel explain' without a code lists them all." : $"Did you mean {nearest}?",
            place: null
        );

    public static Finding BadK0sVersionAsked(string value) =>
        Error(
            Codes.BadK0sVersionAsked,
            "k0s",
            $"{Quote(value)} is not a k0s version",
            "Write it whole, as in v1.23.17+k0s.1; 'imrel k0s list' shows those known.",
            place: null
        );

    public static Finding ReportUnwritable(string file, string reason) =>
        Error(
            Codes.ReportUnwritable,
            "--report",
            $"the report cannot be written to {Quote(file)}: {Printable(reason)}",
            "Name a file in a folder that exists and may be written to.",
            place: null
        );

    public static Finding OwnBug(string kind, string reason) =>
        Error(
            Codes.OwnBug,
            "imrel",
            $"imrel failed in a way it should not: {kind}: {Printable(reason)}",
            "This is a bug; run again with --debug and report what it prints.",
            place: null
        );
}
