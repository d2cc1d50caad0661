using System.Text;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli;

/// <summary>Puts an edited manifest in the place of the one that was read; the file is the old one or the new one, never part of one.</summary>
internal static class ManifestFile
{
    private const UnixFileMode AllBits = (UnixFileMode)0b111_111_111_111;

    /// <param name="read">The text as it was read.</param>
    /// <exception cref="ReleaseException">The file is not the one that was read any more, or cannot be written.</exception>
    public static void Replace(string file, string read, string edited)
    {
        try
        {
            // A link stays a link: what it points to is replaced.
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
            if (!TryReplace(target, Encoding.UTF8.GetBytes(read), Encoding.UTF8.GetBytes(edited)))
                throw new ReleaseException(Message.ManifestChanged(file));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ReleaseException(Message.PermissionDenied(file, exception.Message), exception);
        }
        catch (IOException exception)
        {
            throw new ReleaseException(Message.DiskFault(file, exception.Message), exception);
        }
    }

    /// <summary>Writes nothing, and says so, where the file holds something else than was read.</summary>
    private static bool TryReplace(string target, ReadOnlySpan<byte> read, ReadOnlySpan<byte> edited)
    {
        var before = Content(target);
        var mark = before.AsSpan(
            0,
            before.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0
        );
        if (!before.AsSpan(mark.Length).SequenceEqual(read))
            return false;
        var partial = $"{target}.{Path.GetRandomFileName()}.partial";
        try
        {
            Write(partial, [.. mark, .. edited], like: target);
            if (!Content(target).AsSpan().SequenceEqual(before))
                return false;
            File.Move(partial, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Opened for writing too: renaming asks only the folder, and a file that must not be changed is not.</summary>
    private static byte[] Content(string target)
    {
        using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (!stream.CanSeek)
            throw new IOException("it is no file on a disk");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static void Write(string partial, byte[] content, string like)
    {
        using var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(like) & AllBits);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
