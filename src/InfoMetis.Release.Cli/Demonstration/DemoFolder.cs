using System.Security.Cryptography;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>Everything that a demo writes lies here; it is gone afterwards, unless somebody wants to keep it.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly bool _isKept;

    private DemoFolder(string path, bool isKept) => (Path, _isKept) = (path, isKept);

    public string Path { get; }

    /// <param name="kept">Null for one that is removed.</param>
    /// <exception cref="ReleaseException">There is something there already.</exception>
    public static DemoFolder Make(string? kept)
    {
        var path = System.IO.Path.GetFullPath(
            kept
                ?? System.IO.Path.Combine(
                    System.IO.Path.GetTempPath(),
                    $"imrel-demo-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"
                )
        );
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new ReleaseException(Message.FileExists(path));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ReleaseException(Message.PermissionDenied(path, exception.Message), exception);
        }
        catch (IOException exception)
        {
            throw new ReleaseException(Message.DiskFault(path, exception.Message), exception);
        }
        return new DemoFolder(path, kept is not null);
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (_isKept)
            return;
        // What lies in a store may only be read; a folder that may be written lets go of it all the same.
        Directory.Delete(Path, recursive: true);
    }
}
