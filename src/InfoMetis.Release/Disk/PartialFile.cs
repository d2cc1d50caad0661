using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Disk;

/// <summary>A file that must not be there yet, under a name that nobody takes for it until all of it is on the disk.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string _final;
    private readonly string _partial;
    private readonly FileStream _stream;
    private long _needed;
    private bool _isFinished;

    private PartialFile(string final, long size)
    {
        (_final, _needed) = (final, size);
        _partial = Path.Combine(
            Path.GetDirectoryName(final)!,
            $".{Path.GetFileName(final)}.{Path.GetRandomFileName()}.partial"
        );
        _stream = new FileStream(_partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <param name="size">What it will hold, for which there must be room.</param>
    /// <exception cref="ReleaseException">There is something of that name, or no room.</exception>
    public static PartialFile Begin(string path, long size)
    {
        var final = Path.GetFullPath(path);
        RefuseToOverwrite(final);
        try
        {
            if (DiskSpace.Objection(final, size) is { } objection)
                throw new ReleaseException(objection);
            return new PartialFile(final, size);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, path, size);
        }
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            _stream.Write(content);
            _needed -= content.Length;
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, _final, _needed);
        }
    }

    /// <summary>Gives it its name, once it has reached the disk.</summary>
    public void Finish()
    {
        try
        {
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            RefuseToOverwrite(_final);
            File.Move(_partial, _final, overwrite: false);
            _isFinished = true;
            Durable.FlushFolder(Path.GetDirectoryName(_final)!);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, _final, needed: 0);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isFinished)
            File.Delete(_partial);
    }

    private static void RefuseToOverwrite(string path)
    {
        if (Path.Exists(path))
            throw new ReleaseException(Message.FileExists(path));
    }
}
