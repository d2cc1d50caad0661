namespace InfoMetis.Release.Messages;

/// <summary>What is found of a receipt that install.sh wrote.</summary>
public static partial class Message
{
    public static Finding ReceiptMalformed(string file, string reason) =>
        Error(
            Codes.ReceiptMalformed,
            file,
            $"{Quote(file)} is not a receipt: {Printable(Cut(reason, LongestReason))}",
            "Copy it again from the host, or look at the host once more with install.sh --status --report FILE.",
            new Place(file)
        );

    public static Finding ReceiptOfAnother(string subject, string said, string found) =>
        Error(
            Codes.ReceiptOfAnother,
            subject,
            $"the receipt says of {Printable(Cut(subject, LongestSubject))} {Quote(said)}, and the bundle says {Quote(found)}",
            "Name the bundle that was installed; if it is this one, prove the host again.",
            null
        );

    public static Finding ReceiptIncomplete(string subject, string said) =>
        Error(
            Codes.ReceiptIncomplete,
            subject,
            $"the receipt says of {Printable(Cut(subject, LongestSubject))} '{Printable(Cut(said, LongestReason))}'",
            "Run install.sh on the host again, and check the receipt that it writes then.",
            null
        );
}
