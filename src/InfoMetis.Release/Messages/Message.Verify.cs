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

    public static Finding BundleFileMissing(string file) =>
        Error(
            Codes.BundleFileMissing,
            file,
            $"{Printable(file)} belongs to the bundle and is not here",
            "Copy it again from where the bundle was made.",
            null
        );

    public static Finding BundleFileDamaged(string file, string expected, string found) =>
        Error(
            Codes.BundleFileDamaged,
            file,
            $"{Printable(file)} hashes to {found} where SHA256SUMS says {expected}",
            "Copy this file again; the others need not be copied.",
            new Place(file)
        );

    public static Finding BundleFileSurplus(string file) =>
        Error(
            Codes.BundleFileSurplus,
            file,
            $"{Printable(Cut(file, LongestSubject))} does not belong to the bundle: SHA256SUMS does not list it",
            "Find out where it comes from, and move it out of the folder.",
            new Place(Printable(file))
        );

    public static Finding BundleFileUnreadable(string file, string reason) =>
        Error(
            Codes.BundleFileUnreadable,
            file,
            $"{Printable(file)} cannot be read: {Printable(reason)}",
            "Check the medium and the permissions; copy the file again where the medium fails.",
            new Place(file)
        );

    public static Finding ArchiveBroken(string archive, long offset, string reason) =>
        Error(
            Codes.ArchiveBroken,
            archive,
            $"{Printable(archive)} cannot be read on at byte {offset:N0}: {Printable(reason)}",
            "Copy it again; do not use what it held so far.",
            null
        );

    public static Finding MemberRefused(string member, string reason) =>
        Error(
            Codes.MemberRefused,
            member.Length == 0 ? "the archive" : member,
            $"the archive has a member {Quote(member)} that is refused: {Printable(Cut(reason, LongestReason))}",
            "Distrust the archive: no bundle is written so.",
            null
        );

    public static Finding MemberMissing(string member) =>
        Error(
            Codes.MemberMissing,
            member,
            $"the archive has no member {Quote(member)} where it must stand",
            "Build the bundle again.",
            null
        );

    public static Finding MemberDamaged(string member, string expected, string found) =>
        Error(
            Codes.MemberDamaged,
            member,
            $"{Printable(member)} in the archive hashes to {found} where {expected} is expected",
            "Copy the archive again; if that does not help, build the bundle again.",
            null
        );

    public static Finding FramesWrong(int frame, string expected, string found) =>
        Error(
            Codes.FramesWrong,
            $"frame {frame}",
            $"frame {frame} of the archive is {found} where the inventory asks for {expected}",
            "Build the bundle again.",
            null
        );

    public static Finding ImageIncomplete(string image, string digest, string reason) =>
        Error(
            Codes.ImageIncomplete,
            image,
            $"{Printable(image)} is not complete: {digest} {Printable(reason)}",
            "Build the bundle again, unless a file of it is damaged.",
            null
        );

    public static Finding BlobSurplus(string digest) =>
        Error(
            Codes.BlobSurplus,
            digest,
            $"{digest} is in images.tar, and no image of the release needs it",
            "Build the bundle again.",
            null
        );

    public static Finding InventoryDiffers(string subject, string said, string found) =>
        Error(
            Codes.InventoryDiffers,
            subject,
            $"the inventory says of {Printable(Cut(subject, LongestSubject))} {Quote(said)}, and {Quote(found)} was found",
            "Build the bundle again.",
            null
        );

    public static Finding PartSize(string part, long size, long first) =>
        Error(
            Codes.PartSize,
            part,
            $"{Printable(part)} has {size:N0} bytes, and the first part has {first:N0}",
            "Copy the parts again; all have the same size but the last, which may be shorter.",
            new Place(part)
        );
}
