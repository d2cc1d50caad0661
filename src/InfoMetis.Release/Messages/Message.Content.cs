namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with bytes, and with the documents that tie them together to images.</summary>
public static partial class Message
{
    private const int LongestReason = 240;

    /// <summary>The one fault of content that may pass: whoever fetches may go on from the byte it broke off at.</summary>
    public static Finding ContentShort(string subject, long got, long wanted) =>
        Error(
            Codes.ContentShort,
            subject,
            $"{subject} ended after {got:N0} of {wanted:N0} bytes",
            "Run again: what came so far is kept, and only the rest is fetched.",
            null
        );

    public static Finding ContentTooLong(string subject, long wanted) =>
        Error(
            Codes.ContentTooLong,
            subject,
            $"{subject} goes on after the {wanted:N0} bytes it should have",
            "The source serves something else; ask whoever runs it, or use another source.",
            null
        );

    public static Finding ContentWrongDigest(string wanted, string got, long size) =>
        Error(
            Codes.ContentWrongDigest,
            wanted,
            $"{wanted} was expected, and {size:N0} bytes came that hash to {got}",
            "Pull again if this comes from the store; otherwise distrust the source and use another.",
            null
        );

    public static Finding ContentMissing(string subject, string where) =>
        Error(Codes.ContentMissing, subject, $"{subject} is not in '{where}'", "Pull the image it belongs to.", null);

    public static Finding DocumentMalformed(string subject, string reason) =>
        Error(
            Codes.DocumentMalformed,
            subject,
            $"{subject} is not an image document that is read here: {Clip(reason)}",
            "Rebuild the image with a current tool, or ask its publisher.",
            null
        );

    public static Finding DocumentTooLarge(string subject, long size, long limit) =>
        Error(
            Codes.DocumentTooLarge,
            subject,
            $"{subject} is a document of {size:N0} bytes, more than the {limit:N0} that are read of one",
            "No sound image needs this; check the digest.",
            null
        );

    public static Finding GraphTooLarge(string subject, string limit) =>
        Error(
            Codes.GraphTooLarge,
            subject,
            $"{subject} refers to more than is followed: {limit}",
            "No sound image needs this; check the digest.",
            null
        );

    public static Finding NotALayout(string path, string reason) =>
        Error(
            Codes.NotALayout,
            path,
            $"'{path}' is no OCI image layout: {Printable(reason)}",
            "Name a folder or archive that holds 'oci-layout', 'index.json' and 'blobs'.",
            new Place(path)
        );

    public static Finding ArchiveRefused(string path, string member, string reason) =>
        Error(
            Codes.ArchiveRefused,
            path,
            $"'{path}' is refused for its member {Quote(member)}: {reason}",
            "Write the archive again with skopeo, or another tool that writes OCI archives.",
            new Place(path)
        );

    public static Finding NameUnknown(string path, string name, string known) =>
        Error(
            Codes.NameUnknown,
            name,
            $"'{path}' has no image named {Quote(name)}",
            $"Named there are {Printable(known)}.",
            new Place(path)
        );

    public static Finding NameAmbiguous(string path, string name, int count) =>
        Error(
            Codes.NameAmbiguous,
            name,
            $"'{path}' gives the name {Quote(name)} to {count} different images",
            "Ask for one of them by its digest.",
            new Place(path)
        );

    public static Finding ContentUnreadable(string subject, string where, string reason) =>
        Error(
            Codes.ContentUnreadable,
            subject,
            $"{subject} cannot be read from '{where}': {Printable(reason)}",
            "Check the permissions and the disk.",
            null
        );

    /// <summary>A reason that may quote a whole hostile document.</summary>
    private static string Clip(string reason) =>
        Printable(reason.Length > LongestReason ? string.Concat(reason.AsSpan(0, LongestReason), "…") : reason);
}
