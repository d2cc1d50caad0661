namespace InfoMetis.Release.Messages;

/// <summary>What stands against reading single members of a bundle where they lie.</summary>
public static partial class Message
{
    /// <summary>A value from a file that nobody vouches for, made safe to print where it stands by itself.</summary>
    public static string Shown(string value) => Printable(Cut(value, LongestSubject));

    public static Finding PartNeeded(string part) =>
        Error(
            Codes.PartNeeded,
            part,
            $"{Printable(Cut(part, LongestSubject))} is needed for this, and it is not here",
            "Name the folder that holds all parts, or name that part as well.",
            null
        );

    public static Finding BundleUnusable(string archive, string reason) =>
        Error(
            Codes.BundleUnusable,
            archive,
            $"nothing can be read from {Printable(Cut(archive, LongestSubject))}: {Printable(Cut(reason, LongestReason))}",
            "Run imrel verify: it says which file is to be copied again.",
            null
        );

    public static Finding MemberElsewhere(string archive, string member, long offset) =>
        Error(
            Codes.MemberElsewhere,
            member,
            $"at byte {offset:N0} of the tar in {Printable(Cut(archive, LongestSubject))} stands something else than the header of {Quote(member)}",
            "Run imrel verify; if it finds all files as they were made, distrust the bundle.",
            null
        );

    public static Finding MemberUnknown(string archive, string name, string known) =>
        Error(
            Codes.MemberUnknown,
            name,
            $"{Printable(Cut(archive, LongestSubject))} has no file {Quote(name)}",
            $"There are {Printable(known)}.",
            null
        );
}
