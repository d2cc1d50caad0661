namespace InfoMetis.Release.Messages;

/// <summary>What this machine does not give us.</summary>
public static partial class Message
{
    public static Finding NoSpace(string path, long needed, long free) =>
        needed > free
            ? Error(
                Codes.NoSpace,
                path,
                $"'{path}' has no room: {needed:N0} bytes are needed and {free:N0} are free, {needed - free:N0} short",
                "Free that much, or choose another folder; what was fetched so far is kept.",
                new Place(path)
            )
            : Error(
                Codes.NoSpace,
                path,
                $"'{path}' has no room for another file, although {free:N0} bytes are free",
                "Either there are too many files, which df -i shows, or something else needed the room; run it again.",
                new Place(path)
            );

    public static Finding PermissionDenied(string path, string reason) =>
        Error(
            Codes.PermissionDenied,
            path,
            $"'{path}' may not be used by this user: {Printable(reason)}",
            "Change its owner or mode, or choose another folder.",
            new Place(path)
        );

    public static Finding StoreBusy(string path) =>
        Error(
            Codes.StoreBusy,
            path,
            $"the store '{path}' is being filled by another process, so nothing may be removed from it",
            "Run this again when the other process has ended.",
            new Place(path)
        );

    public static Finding DiskFault(string path, string reason) =>
        Error(
            Codes.DiskFault,
            path,
            $"'{path}' could not be written: {Printable(reason)}",
            "Check the disk and its file system.",
            new Place(path)
        );

    public static Finding FileExists(string path) =>
        Error(
            Codes.FileExists,
            path,
            $"'{path}' is there already, and is never overwritten",
            "Choose another name, or move it away.",
            new Place(path)
        );

    /// <param name="package">What Debian calls the package that installs it.</param>
    public static Finding LibraryMissing(string library, string package) =>
        Error(
            Codes.LibraryMissing,
            library,
            $"this machine has no {library} that can be used",
            $"Install it (Debian: {package}; RHEL: zstd; SUSE: {package}; Alpine: zstd-libs); a bundle made with --compression gzip needs none.",
            null
        );

    public static Finding ToolMissing(string tool) =>
        Error(
            Codes.ToolMissing,
            tool,
            $"this machine has no '{tool}' that can be started",
            "Install the package of that name.",
            null
        );

    public static Finding BundleExists(string path) =>
        Error(
            Codes.BundleExists,
            path,
            $"'{path}' is there already, and a bundle is never written over",
            "Check it with imrel verify, or move it away and run this again.",
            new Place(path)
        );

    public static Finding BundleBusy(string path) =>
        Error(
            Codes.BundleBusy,
            path,
            $"'{path}' is being made by another process",
            "Wait for it, or choose another folder.",
            new Place(path)
        );
}
