namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with a release manifest.</summary>
public static partial class Message
{
    public static Finding UnknownPlatform(Place place, string value, string known) =>
        Error(
            Codes.UnknownPlatform,
            "platforms",
            $"{Quote(value)} is not a platform known here",
            $"Known are {known}.",
            place
        );

    public static Finding BadK0sVersion(Place place, string value) =>
        Error(
            Codes.BadK0sVersion,
            "k0s",
            $"{Quote(value)} is not a k0s version",
            "Write it whole, as in v1.23.17+k0s.1.",
            place
        );

    public static Finding BadReference(Place place, string name, string value, string reason) =>
        Error(
            Codes.BadReference,
            name,
            $"{Quote(value)} is not an image reference: {reason}",
            "Write registry/repository:tag@sha256:….",
            place
        );

    public static Finding BadDigest(Place place, string name, string value, string reason) =>
        Error(
            Codes.BadDigest,
            name,
            $"{Quote(value)} is not a digest: {reason}",
            "Write sha256: and 64 lower-case hexadecimal digits.",
            place
        );

    public static Finding Unpinned(Place place, string name, string reference) =>
        Error(
            Codes.Unpinned,
            name,
            $"{reference} is not pinned: no digest says which bytes are meant",
            "Run 'imrel pin', or add @sha256:… of the image index.",
            place
        );

    public static Finding NoTag(Place place, string name, string reference) =>
        Error(
            Codes.NoTag,
            name,
            $"{reference} has no tag, so neither a pod nor a rule can name its version",
            "Write registry/repository:tag@sha256:….",
            place
        );

    public static Finding DuplicateName(Place place, string name, Place first) =>
        Error(
            Codes.DuplicateName,
            name,
            $"the name {Quote(name)} is given twice, first on line {first.Line}",
            "Give each image a name of its own.",
            place
        );

    public static Finding DuplicateImage(Place place, string name, string reference, Place first) =>
        Error(
            Codes.DuplicateImage,
            name,
            $"{reference} is listed twice, first on line {first.Line}",
            "Keep one of the two.",
            place
        );

    public static Finding TwoDigests(
        Place place,
        string name,
        string reference,
        string digest,
        string other,
        Place first
    ) =>
        Error(
            Codes.TwoDigests,
            name,
            $"{reference} is pinned to {digest} here and to {other} on line {first.Line}; a tag can name only one",
            "Keep the digest that was tested.",
            place
        );

    public static Finding UnknownStack(Place place, string name, string stack, string known) =>
        Error(
            Codes.UnknownStack,
            name,
            $"the stack {Quote(stack)} is not declared under 'stacks'",
            $"Declared are {known}.",
            place
        );
}
