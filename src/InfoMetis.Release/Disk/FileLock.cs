using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Disk;

/// <summary>
/// A lock on a file that every process on this machine respects, and that dies with the process that holds it. The
/// runtime locks a file it opens with <see cref="FileShare.None"/> alone, and one it opens with
/// <see cref="FileShare.Read"/> shared; that is all there is to it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _held;

    private FileLock(FileStream held) => _held = held;

    /// <summary>The lock, or null where somebody else's stands against it.</summary>
    public static FileLock? Try(string path, FileShare share)
    {
        try
        {
            // Read access only, so that a file another user made can be locked too.
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, share, bufferSize: 0));
        }
        catch (IOException exception) when (IsHeldElsewhere(exception))
        {
            return null;
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, path, needed: 1);
        }
    }

    public static async Task<FileLock> WaitAsync(
        string path,
        FileShare share,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var pause = FirstPause;
        while (true)
        {
            if (Try(path, share) is { } held)
                return held;
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    public void Dispose() => _held.Dispose();

    private static bool IsHeldElsewhere(IOException exception)
    {
        const int WouldBlockOnLinux = 11;
        const int WouldBlockOnMac = 35;
        const int SharingViolation = unchecked((int)0x80070020);
        return exception.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation;
    }
}
