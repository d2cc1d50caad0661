namespace InfoMetis.Release.Bundle;

/// <summary>
/// The tar in an archive for many readers at a time, from any byte on. A stored frame is read where it lies; any other is
/// unpacked whole, and the few that were last asked for are kept. However many read, and however slowly, no more memory is
/// taken than those few need: nobody holds a frame for longer than it takes to copy from it.
/// </summary>
internal sealed class SharedFrames(PackedArchive packed, FrameTable frames, Func<int, Stream> unpack) : IDisposable
{
    /// <summary>Frames of at most 32 MiB in memory, and readers that copy from them, at a time.</summary>
    public const int MostUnpacked = 4;

    private readonly StoredFrames _stored = new(packed, frames);
    private readonly SemaphoreSlim _turns = new(MostUnpacked);
    private readonly UnpackedFrame[] _unpacked =
    [
        .. Enumerable.Range(0, MostUnpacked).Select(_ => new UnpackedFrame()),
    ];
    private readonly Lock _choosing = new();
    private long _uses;

    /// <summary>Some of the bytes from an offset on; there must be some.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        var (frame, from) = Locate(offset);
        if (_stored.Contains(frame))
            return _stored.Read(frame, from, buffer);
        _turns.Wait();
        try
        {
            return Copy(frame, from, buffer);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>As <see cref="Read"/>; while others have their turn, no thread waits for it.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var (frame, from) = Locate(offset);
        if (_stored.Contains(frame))
            return _stored.Read(frame, from, buffer.Span);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return Copy(frame, from, buffer.Span);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose()
    {
        foreach (var frame in _unpacked)
            frame.Dispose();
        _turns.Dispose();
    }

    private (int Frame, int From) Locate(long offset)
    {
        var frame = frames.FrameOf(offset);
        return frame < frames.Sizes.Count
            ? (frame, (int)(offset - frames.ContentStart(frame)))
            : throw packed.Broken($"it ends after {frames.ContentLength:N0} bytes of its tar, before its last member");
    }

    private int Copy(int frame, int from, Span<byte> buffer)
    {
        var lent = Lend(frame);
        try
        {
            return lent.Read(from, buffer, () => Unpack(frame));
        }
        finally
        {
            lock (_choosing)
                lent.Readers--;
        }
    }

    private UnpackedFrame Lend(int frame)
    {
        lock (_choosing)
        {
            // There are as many places as turns, so whoever has a turn finds one that nobody reads from.
            var lent =
                Array.Find(_unpacked, one => one.Frame == frame)
                ?? _unpacked.Where(one => one.Readers == 0).MinBy(one => one.LastUse)!;
            lent.Hold(frame);
            lent.Readers++;
            lent.LastUse = ++_uses;
            return lent;
        }
    }

    private NativeBlock Unpack(int frame)
    {
        var block = new NativeBlock((int)frames.Sizes[frame].Content);
        try
        {
            using var content = unpack(frame);
            content.ReadExactly(block.Bytes);
            return block;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            block.Dispose();
            throw packed.Broken($"frame {frame}: {exception.Message}");
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }
}

/// <summary>A place for one frame in memory.</summary>
internal sealed class UnpackedFrame : IDisposable
{
    private readonly Lock _unpacking = new();
    private NativeBlock? _content;

    public int Frame { get; private set; } = -1;

    public int Readers { get; set; }

    public long LastUse { get; set; }

    /// <summary>Makes room for a frame where another one was; nobody may be reading that.</summary>
    public void Hold(int frame)
    {
        if (Frame == frame)
            return;
        Dispose();
        Frame = frame;
    }

    /// <summary>Copies from the frame; the first who does unpacks it.</summary>
    public int Read(int from, Span<byte> buffer, Func<NativeBlock> unpack)
    {
        lock (_unpacking)
            _content ??= unpack();
        var here = _content.Bytes[from..];
        var wanted = Math.Min(buffer.Length, here.Length);
        here[..wanted].CopyTo(buffer);
        return wanted;
    }

    public void Dispose()
    {
        _content?.Dispose();
        _content = null;
    }
}

/// <summary>A member, or what is left of one.</summary>
internal sealed class SharedStretch(SharedFrames tar, long offset, long length) : ForwardStream
{
    private long _at = offset;
    private long _left = length;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        return wanted == 0 ? 0 : Taken(tar.Read(buffer[..wanted], _at));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        return wanted == 0 ? 0 : Taken(await tar.ReadAsync(buffer[..wanted], _at, cancellationToken));
    }

    private int Taken(int read)
    {
        _at += read;
        _left -= read;
        return read;
    }
}
