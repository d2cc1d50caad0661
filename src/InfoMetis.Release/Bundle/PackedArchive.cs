using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// The files of an archive as one sequence of bytes, read wherever it is asked for and never joined. A part that is not
/// here is missed only by who wants to read it.
/// </summary>
internal sealed class PackedArchive : IDisposable
{
    private readonly BundleFiles _files;
    private readonly Dictionary<int, (BundleFile File, SafeFileHandle Handle, long Length)> _pieces = [];

    /// <summary>Of every part but the last, as far as one is here to tell.</summary>
    private readonly long _partSize = long.MaxValue;

    private PackedArchive(BundleFiles files)
    {
        _files = files;
        foreach (var file in files.Pieces)
        {
            var number = PartName.TryParse(file.Name, out var part) ? part.Number : 1;
            _pieces[number] = Open(file);
        }
        var whole = _pieces.Where(piece => piece.Key < files.Count).Select(piece => piece.Value).ToList();
        if (whole.Count > 0)
            _partSize = whole[0].Length;
        foreach (var piece in whole.Where(piece => piece.Length != _partSize || piece.Length == 0))
            throw Broken($"{piece.File.Name} has {piece.Length:N0} bytes, and {whole[0].File.Name} {_partSize:N0}");
        if (_pieces.TryGetValue(files.Count, out var last) && last.Length > _partSize)
            throw Broken($"{last.File.Name} is larger than the parts before it");
    }

    /// <summary>Null where parts are missing without which nobody knows.</summary>
    public long? Length =>
        !_pieces.TryGetValue(_files.Count, out var last) ? null
        : _files.Count == 1 ? last.Length
        : _partSize == long.MaxValue ? null
        : ((_files.Count - 1) * _partSize) + last.Length;

    /// <exception cref="ReleaseException">Its files cannot be read, or do not fit together.</exception>
    public static PackedArchive Open(BundleFiles files)
    {
        var packed = default(PackedArchive);
        try
        {
            return packed = new PackedArchive(files);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Unreadable(files, exception);
        }
    }

    /// <summary>Some of the bytes from an offset on; none only at the end.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        var before = Math.Min(offset / _partSize, _files.Count);
        if (before == _files.Count)
            return 0;
        if (!_pieces.TryGetValue((int)before + 1, out var piece))
            throw new ReleaseException(
                Message.PartNeeded(new PartName(_files.Archive, (int)before + 1, _files.Count).ToString())
            );
        try
        {
            return RandomAccess.Read(piece.Handle, buffer, offset - (before * _partSize));
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Unreadable(_files, exception);
        }
    }

    public ReleaseException Broken(string reason) => new(Message.BundleUnusable(_files.Archive, reason));

    public void Dispose()
    {
        foreach (var piece in _pieces.Values)
            piece.Handle.Dispose();
    }

    private (BundleFile File, SafeFileHandle Handle, long Length) Open(BundleFile file)
    {
        if (!file.IsRegular)
            throw Broken($"{file.Name} is no regular file");
        var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return (file, handle, RandomAccess.GetLength(handle));
    }

    private static ReleaseException Unreadable(BundleFiles files, Exception exception) =>
        new(Message.ContentUnreadable(files.Archive, files.Folder, exception.Message), exception);
}

/// <summary>An archive from an offset on, as it lies.</summary>
internal sealed class PackedStream(PackedArchive packed, long offset) : ForwardStream
{
    private long _at = offset;

    public override int Read(Span<byte> buffer)
    {
        var read = packed.Read(buffer, _at);
        _at += read;
        return read;
    }
}
