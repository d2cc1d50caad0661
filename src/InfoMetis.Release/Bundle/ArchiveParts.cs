using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using InfoMetis.Release.Disk;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Bundle;

/// <summary>One archive, written from its first byte to its last, into one file or into parts of a size, and read back while it grows.</summary>
internal sealed class ArchiveParts(string folder, string name, long? partSize) : IArchiveSink, IDisposable
{
    private readonly long _partSize = partSize ?? long.MaxValue;
    private readonly List<SafeFileHandle> _parts = [];

    /// <summary>How long the archive is, each time that it has grown.</summary>
    private readonly Channel<long> _lengths = Channel.CreateUnbounded<long>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );

    private long _length;
    private long _lengthToRead;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (number, offset) = Math.DivRem(_length, _partSize);
            var piece = bytes[..(int)Math.Min(bytes.Length, _partSize - offset)];
            Write((int)number, piece, offset);
            _length += piece.Length;
            bytes = bytes[piece.Length..];
        }
        _lengths.Writer.TryWrite(_length);
    }

    /// <summary>Nothing more comes. Whoever reads meanwhile fails as the writing did.</summary>
    public void End(Exception? failure = null) => _lengths.Writer.TryComplete(failure);

    /// <summary>The files, for one reader: each as soon as there is something in it, and each to its end.</summary>
    public async IAsyncEnumerable<PackedPiece> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long start = 0; await LengthBeyondAsync(start, cancellationToken) > start; start += _partSize)
        {
            var (path, first) = (PathOf((int)(start / _partSize)), start);
            yield return new PackedPiece(name, Length: null, () => new GrowingFile(this, path, first));
            if (partSize is null)
                break;
        }
    }

    /// <summary>Brings what was written to the disk.</summary>
    public void Flush()
    {
        for (var number = 0; number < _parts.Count; number++)
        {
            try
            {
                RandomAccess.FlushToDisk(_parts[number]);
            }
            catch (Exception exception) when (Fault.IsOfTheDisk(exception))
            {
                throw Fault.Of(exception, PathOf(number), needed: 0);
            }
        }
    }

    /// <summary>Gives the files their names, now that it is known how many there are.</summary>
    /// <returns>The names, in the order of the archive.</returns>
    public IReadOnlyList<string> Name()
    {
        var count = _parts.Count;
        var names = Enumerable
            .Range(0, count)
            .Select(number => partSize is null ? name : new PartName(name, number + 1, count).ToString());
        return
        [
            .. names.Select(
                (part, number) =>
                {
                    File.Move(PathOf(number), Path.Combine(folder, part));
                    return part;
                }
            ),
        ];
    }

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
        _parts.Clear();
    }

    private void Write(int number, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            if (number == _parts.Count)
                _parts.Add(File.OpenHandle(PathOf(number), FileMode.CreateNew, FileAccess.Write, FileShare.Read));
            Durable.WritePiece(_parts[number], bytes, offset);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, folder, bytes.Length);
        }
    }

    /// <summary>The length of the archive, as soon as it is more than this, or will not be.</summary>
    private async ValueTask<long> LengthBeyondAsync(long offset, CancellationToken cancellationToken)
    {
        var lengths = _lengths.Reader;
        while (_lengthToRead <= offset && await lengths.WaitToReadAsync(cancellationToken))
        {
            while (lengths.TryRead(out var length))
                _lengthToRead = length;
        }
        return _lengthToRead;
    }

    private string PathOf(int number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"));

    /// <summary>One of the files from its first byte on, read through a handle of its own; where nothing is yet it waits.</summary>
    private sealed class GrowingFile(ArchiveParts parts, string path, long start) : ForwardStream
    {
        private readonly SafeFileHandle _file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        private long _at;

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var left = parts._partSize - _at;
            if (left == 0)
                return 0;
            var here = await parts.LengthBeyondAsync(start + _at, cancellationToken) - start - _at;
            var wanted = (int)Math.Min(buffer.Length, Math.Min(here, left));
            var read = RandomAccess.Read(_file, buffer.Span[..wanted], _at);
            _at += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
