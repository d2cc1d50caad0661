namespace InfoMetis.Release.Disk;

/// <summary>Reads a whole file that has no reason to be large, within a bound; a pipe will do as well.</summary>
public static class SmallFile
{
    /// <exception cref="IOException">It cannot be read, or holds more than the limit.</exception>
    public static byte[] Read(string path, int limit)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var content = new byte[limit + 1];
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= limit
            ? content[..length]
            : throw new IOException($"it has more than the {limit:N0} bytes that are read of it");
    }

    /// <summary>As <see cref="Read"/>, or null where there is no such file.</summary>
    public static byte[]? ReadIfThere(string path, int limit)
    {
        try
        {
            return Read(path, limit);
        }
        catch (Exception exception) when (IsAbsence(exception))
        {
            return null;
        }
    }

    public static bool IsFault(Exception exception) => exception is ArgumentException || Fault.IsOfTheDisk(exception);

    /// <summary>Why a file could not be read, in words that go on after a colon.</summary>
    public static string Reason(Exception exception) =>
        exception switch
        {
            _ when IsAbsence(exception) => "there is no such file",
            UnauthorizedAccessException => "it is a folder, or permission is denied",
            _ => exception.Message,
        };

    private static bool IsAbsence(Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException;
}
