using System.Buffers;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// The content of zstd frames, from one of them on. Each frame must declare its content and unpack to exactly that; where
/// there is a table, to what the table says as well, from exactly the bytes the table says.
/// </summary>
/// <param name="table">Null where the end of the archive is not here; it is read from its beginning then.</param>
internal sealed class ZstdStream(PackedArchive packed, FrameTable? table, int first) : ForwardStream
{
    private const int BufferSize = 128 << 10;
    private const int LongestHeader = 18;

    private readonly ZstdDecompressor _decompressor = new();
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _frame = first;
    private long _at = table?.PackedStart(first) ?? 0;
    private long _end;
    private int _from;
    private int _until;
    private long _left;
    private bool _isAtEnd = true;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_from, _until - _from);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_isAtEnd && !Begin()))
            return 0;
        while (true)
        {
            Fill(1);
            var put = Run(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= put;
            if (_left == 0)
                Finish();
            if (put > 0)
                return put;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressor.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        base.Dispose(disposing);
    }

    private bool Begin()
    {
        if (_frame == table?.Sizes.Count)
            return false;
        _end = table?.PackedStart(_frame + 1) ?? long.MaxValue;
        Fill(LongestHeader);
        var declared = Zstd.ContentSize(Unread);
        // Without a table to tell, one that holds nothing is that table itself.
        if (declared == 0 && table is null)
            return false;
        if (declared is not { } content || content is 0 or > FrameCutter.LargestCompressed)
            throw packed.Broken($"frame {_frame} does not declare a size that a frame may have");
        if (table is not null && content != table.Sizes[_frame].Content)
            throw packed.Broken($"frame {_frame} declares another size than the table of frames");
        (_left, _isAtEnd) = (content, false);
        return true;
    }

    /// <summary>Reads on as far as the frame reaches, until so many bytes are there or no more come.</summary>
    private void Fill(int wanted)
    {
        if (Unread.Length >= wanted)
            return;
        Unread.CopyTo(_buffer);
        (_from, _until) = (0, Unread.Length);
        while (_until < wanted)
        {
            var room = (int)Math.Min(BufferSize - _until, _end - _at);
            var read = packed.Read(_buffer.AsSpan(_until, room), _at);
            if (read == 0)
                return;
            _at += read;
            _until += read;
        }
    }

    /// <summary>Only the last bytes of the frame may be left once all of its content is there.</summary>
    private void Finish()
    {
        Span<byte> surplus = stackalloc byte[1];
        while (!_isAtEnd)
        {
            Fill(1);
            if (Run(surplus) > 0)
                throw packed.Broken($"frame {_frame} has more content than it declares");
        }
        if (table is not null && (_from < _until || _at < _end))
            throw packed.Broken($"frame {_frame} ends before the table of frames says");
        _frame++;
    }

    private int Run(Span<byte> target)
    {
        var isDry = Unread.IsEmpty;
        var progress = _decompressor.Run(Unread, target);
        if (progress.Failure is { } failure)
            throw packed.Broken($"libzstd says of frame {_frame}: {failure}");
        _from += progress.Taken;
        _isAtEnd = progress.IsAtEnd;
        if (_isAtEnd ? progress.Put < _left : progress is { Taken: 0, Put: 0 } && isDry)
            throw packed.Broken($"frame {_frame} ends too early");
        return progress.Put;
    }
}
