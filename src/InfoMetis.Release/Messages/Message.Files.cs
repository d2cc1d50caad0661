namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with the other files that a release carries.</summary>
public static partial class Message
{
    public static Finding BadFile(Place place, string reason) =>
        Error(Codes.BadFile, "files", reason, "Give each file a path or a url, and its sha256.", place);

    public static Finding DuplicateFile(Place place, string source, Place first) =>
        BadFile(place, $"{Quote(source)} is listed twice, first on line {first.Line}");

    public static Finding FileNameTaken(Place place, string name, string other, Place first) =>
        Error(
            Codes.FileNameTaken,
            "files",
            $"{Quote(name)} cannot lie in a bundle beside {Quote(other)} of line {first.Line}",
            "Rename one of the two: names must differ in more than case, and none may be the folder of another.",
            place
        );

    public static Finding FileUnusable(Place place, string path, string reason) =>
        Error(
            Codes.FileUnusable,
            path,
            $"{Quote(path)} cannot be taken from the folder of the manifest: {Printable(reason)}",
            "Put the file itself there.",
            place
        );

    public static Finding FileWrongDigest(Place place, string path, string expected, string found) =>
        Error(
            Codes.FileWrongDigest,
            path,
            $"{Quote(path)} hashes to {found}, and the manifest says {expected}",
            "Put the file there that was meant; where this one is meant, write its sha256 into the manifest.",
            place
        );

    public static Finding FileRefused(Exchange exchange) =>
        Registry(
            Codes.FileRefused,
            exchange,
            "the server does not hand the file out",
            "Check the url in the manifest; it must work without a login."
        );

    public static Finding FileWithoutLength(Exchange exchange) =>
        Registry(
            Codes.FileWithoutLength,
            exchange,
            "the server does not say how long the file is, so nobody could tell when all of it came",
            "Take it from another server, or put it beside the manifest and name it with 'path'."
        );
}
