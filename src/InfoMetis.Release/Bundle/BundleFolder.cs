using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// The folder of a bundle while it is made: under a name that nobody takes for a bundle until all of it is on the disk.
/// What a run that was killed has left there is removed by the next.
/// </summary>
public sealed class BundleFolder : IDisposable
{
    private readonly string _final;
    private readonly FileLock _lock;
    private bool _isFinished;

    private BundleFolder(string final, string partial, FileLock held) => (_final, Path, _lock) = (final, partial, held);

    /// <summary>Where its files are written.</summary>
    public string Path { get; }

    /// <exception cref="ReleaseException">There is such a bundle already, or somebody else is making it.</exception>
    public static BundleFolder Begin(string output, string name)
    {
        var final = System.IO.Path.Combine(System.IO.Path.GetFullPath(output), name);
        RefuseExisting(final);
        var partial = System.IO.Path.Combine(System.IO.Path.GetFullPath(output), $".{name}.partial");
        try
        {
            Directory.CreateDirectory(output);
            var held = FileLock.Try(LockOf(partial), FileShare.None);
            if (held is null)
                throw new ReleaseException(Message.BundleBusy(final));
            return Begin(final, partial, held);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, output, needed: 0);
        }
    }

    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            Durable.Replace(path, content);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, path, content.Length);
        }
    }

    /// <summary>Makes a bundle of what is there, in one step.</summary>
    /// <returns>Its folder.</returns>
    public string Finish()
    {
        try
        {
            Durable.FlushFolder(Path);
            Directory.Move(Path, _final);
            Durable.FlushFolder(System.IO.Path.GetDirectoryName(_final)!);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, _final, needed: 0);
        }
        _isFinished = true;
        return _final;
    }

    public void Dispose()
    {
        if (!_isFinished)
            Clear(Path);
        Release(Path, _lock);
    }

    private static BundleFolder Begin(string final, string partial, FileLock held)
    {
        try
        {
            // Whoever held the lock until now may have finished it.
            RefuseExisting(final);
            Clear(partial);
            Directory.CreateDirectory(partial);
            return new BundleFolder(final, partial, held);
        }
        catch
        {
            Release(partial, held);
            throw;
        }
    }

    private static void RefuseExisting(string final)
    {
        if (System.IO.Path.Exists(final))
            throw new ReleaseException(Message.BundleExists(final));
    }

    private static string LockOf(string partial) => $"{partial}.lock";

    private static void Release(string partial, FileLock held)
    {
        File.Delete(LockOf(partial));
        held.Dispose();
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
