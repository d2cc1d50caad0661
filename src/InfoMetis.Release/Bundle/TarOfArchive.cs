using System.IO.Compression;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// The tar that an archive unpacks to, read from any byte on: by its table of frames in a zstd archive, as it lies where it is
/// not packed. Of a gzip archive, and of one whose end is not here, all that comes before is unpacked as well.
/// </summary>
internal sealed class TarOfArchive : IDisposable
{
    private readonly PackedArchive _packed;
    private readonly CompressionKind _kind;

    /// <summary>Where somebody stopped reading who could only read from the beginning: the next may go on there.</summary>
    private TarCursor? _idle;

    public TarOfArchive(PackedArchive packed, CompressionKind kind)
    {
        (_packed, _kind) = (packed, kind);
        if (kind is CompressionKind.Zstd && packed.Length is { } length)
            Frames = FrameTable.Read(packed, length);
    }

    /// <summary>Null where there is none, or where it is not here.</summary>
    public FrameTable? Frames { get; }

    /// <summary>So many bytes from an offset on; that there are as many is found out by reading them.</summary>
    public Stream Open(long offset, long length, CancellationToken cancellationToken)
    {
        var cursor = CursorBefore(offset);
        try
        {
            cursor.Pass(offset, cancellationToken);
            return new TarStretch(cursor, length, IsSequential ? Keep : cursor => cursor.Dispose());
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _idle?.Dispose();
        _packed.Dispose();
    }

    private bool IsSequential => Frames is null && _kind is not CompressionKind.None;

    private TarCursor CursorBefore(long offset)
    {
        if (_kind is CompressionKind.None)
            return new TarCursor(_packed, new PackedStream(_packed, offset), offset);
        if (Frames is { } frames)
        {
            var frame = frames.FrameOf(offset);
            return new TarCursor(_packed, new ZstdStream(_packed, frames, frame), frames.ContentStart(frame));
        }
        if (Interlocked.Exchange(ref _idle, null) is { } idle)
        {
            if (idle.At <= offset)
                return idle;
            idle.Dispose();
        }
        return new TarCursor(_packed, FromBeginning(), at: 0);
    }

    private Stream FromBeginning() =>
        _kind is CompressionKind.Zstd
            ? new ZstdStream(_packed, table: null, first: 0)
            : new GZipStream(new PackedStream(_packed, 0), CompressionMode.Decompress);

    private void Keep(TarCursor cursor) => Interlocked.Exchange(ref _idle, cursor)?.Dispose();
}
