using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Disk;

/// <summary>Turns what the file system says into what a user can act on.</summary>
internal static class Fault
{
    public static bool IsOfTheDisk(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <param name="needed">How many bytes were still to be written.</param>
    public static ReleaseException Of(Exception exception, string path, long needed) =>
        exception switch
        {
            UnauthorizedAccessException => new(Message.PermissionDenied(path, exception.Message), exception),
            IOException io when IsDiskFull(io) => new(Message.NoSpace(path, needed, DiskSpace.FreeAt(path)), exception),
            _ => new(Message.DiskFault(path, exception.Message), exception),
        };

    private static bool IsDiskFull(IOException exception)
    {
        const int NoSpaceLeft = 28;
        const int QuotaOnLinux = 122;
        const int QuotaOnMac = 69;
        const int DiskFullOnWindows = unchecked((int)0x80070070);
        return exception.HResult is NoSpaceLeft or QuotaOnLinux or QuotaOnMac or DiskFullOnWindows;
    }
}
