using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Disk;

/// <summary>Puts files in their place so that they are there whole, or not at all, even after the power went.</summary>
internal static partial class Durable
{
    public const string NewEnding = ".new";

    private const uint StartWriting = 2;
    private const long WritingStep = 8 << 20;

    /// <summary>Replaces a small file in one step; whoever reads it sees the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        Write(path, path + NewEnding, content, options, overwrite: true);
    }

    /// <summary>Writes a small file where there is none, with its mode from its first moment on.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written; nothing is left of it then.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        // What a killed process left must not stand in the way, nor lend its mode to a secret.
        var temporary = $"{path}.{Path.GetRandomFileName()}{NewEnding}";
        Write(path, temporary, content, options, overwrite: false);
    }

    private static void Write(
        string path,
        string temporary,
        ReadOnlySpan<byte> content,
        FileStreamOptions options,
        bool overwrite
    )
    {
        using (var stream = new FileStream(temporary, options))
        {
            try
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
                File.Move(temporary, path, overwrite);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>A rename outlives a power cut only when its folder has reached the disk.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(path + '\0'), flags: 0), ownsHandle: true);
        if (folder.IsInvalid || Synchronise(folder) != 0)
            throw new IOException($"'{path}' cannot be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>
    /// Writes a piece of a large file. The disk is told now and then to begin with what is there, so that a flush at the end finds
    /// little left to wait for.
    /// </summary>
    public static void WritePiece(SafeFileHandle file, ReadOnlySpan<byte> piece, long offset)
    {
        RandomAccess.Write(file, piece, offset);
        if (offset / WritingStep == (offset + piece.Length) / WritingStep || !OperatingSystem.IsLinux())
            return;
        // A hint, and no promise: what must be on the disk is flushed, and that tells whether it is.
        _ = SynchroniseRange(file, offset: 0, length: 0, StartWriting);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SynchroniseRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(byte[] path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronise(SafeFileHandle handle);
}
