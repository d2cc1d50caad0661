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
    private TarStretch? _idle;

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
        var stretch = From(offset);
        stretch.Pass(offset, cancellationToken);
        return stretch.Begin(length);
    }

    public void Dispose()
    {
        _idle?.End();
        _packed.Dispose();
    }

    private TarStretch From(long offset)
    {
        if (_kind is CompressionKind.None)
            return new TarStretch(_packed, new PackedStream(_packed, offset), offset, keep: null);
        if (Frames is { } frames)
        {
            var frame = frames.FrameOf(offset);
            var stream = new ZstdStream(_packed, frames, frame);
            return new TarStretch(_packed, stream, frames.ContentStart(frame), keep: null);
        }
        if (Interlocked.Exchange(ref _idle, null) is { } idle)
        {
            if (idle.At <= offset)
                return idle;
            idle.End();
        }
        return new TarStretch(_packed, FromBeginning(), at: 0, Keep);
    }

    private Stream FromBeginning() =>
        _kind is CompressionKind.Zstd
            ? new ZstdStream(_packed, table: null, first: 0)
            : new GZipStream(new PackedStream(_packed, 0), CompressionMode.Decompress);

    private void Keep(TarStretch stretch) => Interlocked.Exchange(ref _idle, stretch)?.End();
}

/// <summary>A stretch of a tar that is being unpacked; once it is read, or given up, the next may begin behind it.</summary>
/// <param name="at">The byte of the tar that the stream begins with.</param>
/// <param name="keep">Takes it when it is no longer needed; null where it is of no use to anybody then.</param>
internal sealed class TarStretch(PackedArchive packed, Stream stream, long at, Action<TarStretch>? keep) : ForwardStream
{
    private const int PassedAtATime = 128 << 10;

    private long _left;

    public long At { get; private set; } = at;

    public TarStretch Begin(long length)
    {
        _left = length;
        return this;
    }

    /// <summary>Unpacks what comes before a byte, for nothing.</summary>
    public void Pass(long offset, CancellationToken cancellationToken)
    {
        if (At == offset)
            return;
        var buffer = new byte[Math.Min(offset - At, PassedAtATime)];
        for (_left = offset - At; _left > 0; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = Read(buffer);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        if (wanted == 0)
            return 0;
        try
        {
            var read = stream.Read(buffer[..wanted]);
            (At, _left) = (At + read, _left - read);
            return read > 0 ? read : throw packed.Broken($"it ends after {At:N0} bytes of its tar, before its last member");
        }
        catch (InvalidDataException exception)
        {
            throw packed.Broken(exception.Message);
        }
    }

    public void End() => stream.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (disposing && keep is not null)
            keep(this);
        else if (disposing)
            End();
        base.Dispose(disposing);
    }
}
