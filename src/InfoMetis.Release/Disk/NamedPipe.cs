using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Disk;

/// <summary>Tells files from pipes: whoever opens a pipe waits until somebody else writes to it, which may be never.</summary>
internal static partial class NamedPipe
{
    private const int NonBlocking = 0x800;

    public static bool Is(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(path + '\0'), NonBlocking), ownsHandle: true);
        // What cannot be opened like this cannot be opened at all, and whoever reads it says why.
        if (handle.IsInvalid)
            return false;
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return !stream.CanSeek;
    }

    /// <summary>The runtime knows neither what kind a file is of nor how to open one without waiting.</summary>
    [LibraryImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(byte[] path, int flags);
}
