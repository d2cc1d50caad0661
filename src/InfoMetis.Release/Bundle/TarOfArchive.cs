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

    private SharedFrames? _shared;

    public TarOfArchive(PackedArchive packed, CompressionKind kind)
    {
        (_packed, _kind) = (packed, kind);
        if (kind is CompressionKind.Zstd && packed.Length is { } length)
            Frames = FrameTable.Read(packed, length);
    }

    /// <summary>As above, for many readers at a time who together take a bounded memory.</summary>
    /// <param name="frames">Where the frames are, for an archive that has no table; otherwise null.</param>
    public static TarOfArchive Shared(PackedArchive packed, CompressionKind kind, FrameTable? frames)
    {
        var tar = new TarOfArchive(packed, kind);
        if ((frames ?? tar.Frames) is { } table)
            tar._shared = new SharedFrames(packed, table, frame => tar.Unpacking(table, frame));
        return tar;
    }

    /// <summary>Null where there is none, or where it is not here.</summary>
    public FrameTable? Frames { get; }

    /// <summary>So many bytes from an offset on; that there are as many is found out by reading them.</summary>
    public Stream Open(long offset, long length, CancellationToken cancellationToken)
    {
        if (_shared is not null)
            return new SharedStretch(_shared, offset, length);
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
        _shared?.Dispose();
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

    private Stream Unpacking(FrameTable frames, int frame) =>
        _kind is CompressionKind.Zstd
            ? new ZstdStream(_packed, frames, frame)
            : new GZipStream(new PackedStream(_packed, frames.PackedStart(frame)), CompressionMode.Decompress);

    private Stream FromBeginning() =>
        _kind is CompressionKind.Zstd
            ? new ZstdStream(_packed, table: null, first: 0)
            : new GZipStream(new PackedStream(_packed, 0), CompressionMode.Decompress);

    private void Keep(TarCursor cursor) => Interlocked.Exchange(ref _idle, cursor)?.Dispose();
}
