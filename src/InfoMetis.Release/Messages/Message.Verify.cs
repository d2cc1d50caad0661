namespace InfoMetis.Release.Messages;

/// <summary>What reading a bundle can find: files that are damaged or missing, and an archive that is not what it should be.</summary>
public static partial class Message
{
    public static Finding NotABundle(string path, string reason) =>
        Error(
            Codes.NotABundle,
            path,
            $"{Quote(path)} is not a bundle that can be read: {Printable(reason)}",
            "Name the folder of one bundle, its archive, or parts of one archive.",
            new Place(path)
        );
}
