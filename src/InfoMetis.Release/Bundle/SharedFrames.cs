namespace InfoMetis.Release.Bundle;

/// <summary>
/// The tar in an archive for many readers at a time, from any byte on. A stored frame is read where it lies; any other is
/// unpacked whole, once for all who wait for it, and the few that were last asked for are kept. However many read, and however
/// slowly, no more memory is taken than those few need: nobody holds a frame for longer than it takes to copy from it.
/// </summary>
internal sealed class SharedFrames(PackedArchive packed, FrameTable frames, Func<int, Stream> unpack) : IDisposable
{
    /// <summary>Frames of at most 32 MiB in memory, those that are being unpacked included.</summary>
    public const int MostInMemory = 4;

    /// <summary>Of these, so many are being unpacked.</summary>
    private const int MostAtATime = 2;

    private readonly StoredFrames _stored = new(packed, frames);
    private readonly SemaphoreSlim _turns = new(MostAtATime);
    private readonly Lock _lock = new();
    private readonly Dictionary<int, NativeBlock> _unpacked = [];
    private readonly Dictionary<int, Task> _awaited = [];

    /// <summary>The frames in memory, the one that was asked for last at the end.</summary>
    private readonly List<int> _order = [];

    /// <summary>Some of the bytes from an offset on; there must be some.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        var (frame, from) = Locate(offset);
        if (_stored.Contains(frame))
            return _stored.Read(frame, from, buffer);
        int read;
        while (!TryCopy(frame, from, buffer, out read))
        {
            _turns.Wait();
            Unpack(frame);
        }
        return read;
    }

    /// <summary>As <see cref="Read"/>; no thread waits for a turn to unpack.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var (frame, from) = Locate(offset);
        if (_stored.Contains(frame))
            return _stored.Read(frame, from, buffer.Span);
        int read;
        while (!TryCopy(frame, from, buffer.Span, out read))
            await UnpackedAsync(frame).WaitAsync(cancellationToken);
        return read;
    }

    public void Dispose()
    {
        // Whoever has a turn still reads the archive, though nobody may wait for it any more.
        for (var turn = 0; turn < MostAtATime; turn++)
            _turns.Wait();
        foreach (var block in _unpacked.Values)
            block.Dispose();
        _turns.Dispose();
    }

    private (int Frame, int From) Locate(long offset)
    {
        var frame = frames.FrameOf(offset);
        return frame < frames.Sizes.Count
            ? (frame, (int)(offset - frames.ContentStart(frame)))
            : throw packed.Broken($"it ends after {frames.ContentLength:N0} bytes of its tar, before its last member");
    }

    private bool TryCopy(int frame, int from, Span<byte> buffer, out int read)
    {
        read = 0;
        lock (_lock)
        {
            if (!_unpacked.TryGetValue(frame, out var block))
                return false;
            var here = block.Bytes[from..];
            read = Math.Min(buffer.Length, here.Length);
            here[..read].CopyTo(buffer);
            _order.Remove(frame);
            _order.Add(frame);
            return true;
        }
    }

    private Task UnpackedAsync(int frame)
    {
        lock (_lock)
        {
            if (!_awaited.TryGetValue(frame, out var unpacking))
                _awaited[frame] = unpacking = Task.Run(async () =>
                {
                    await _turns.WaitAsync();
                    Unpack(frame);
                });
            return unpacking;
        }
    }

    /// <summary>Ends the turn that was taken for it.</summary>
    private void Unpack(int frame)
    {
        try
        {
            MakeRoom();
            var block = Unpacked(frame);
            lock (_lock)
            {
                // Somebody may have been as quick.
                if (_unpacked.TryAdd(frame, block))
                    _order.Add(frame);
                else
                    block.Dispose();
            }
        }
        finally
        {
            lock (_lock)
                _awaited.Remove(frame);
            _turns.Release();
        }
    }

    private void MakeRoom()
    {
        lock (_lock)
        {
            while (_order.Count > MostInMemory - MostAtATime)
            {
                _unpacked.Remove(_order[0], out var oldest);
                oldest?.Dispose();
                _order.RemoveAt(0);
            }
        }
    }

    private NativeBlock Unpacked(int frame)
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
