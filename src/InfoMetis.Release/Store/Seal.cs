using InfoMetis.Release.Disk;

namespace InfoMetis.Release.Store;

/// <summary>
/// The mark of a blob that was hashed: read-only, and a fixed time of change. Whatever writes to the file later breaks
/// it, so a file whose seal is whole need not be hashed again to be counted as there.
/// </summary>
internal static class Seal
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly DateTime Sealed = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Broken = new(2000, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    public static bool IsWhole(FileInfo file) => file.LastWriteTimeUtc == Sealed;

    public static void Put(string path)
    {
        File.SetLastWriteTimeUtc(path, Sealed);
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, FileAttributes.ReadOnly);
        else
            File.SetUnixFileMode(path, ReadOnly);
    }

    /// <summary>False where the file belongs to somebody else, who alone may mark it.</summary>
    public static bool TryPut(string path) => Try(() => Put(path));

    /// <summary>Makes sure that the file is hashed before it is trusted again.</summary>
    public static bool TryBreak(string path) => Try(() => File.SetLastWriteTimeUtc(path, Broken));

    private static bool Try(Action mark)
    {
        try
        {
            mark();
            return true;
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            return false;
        }
    }
}
