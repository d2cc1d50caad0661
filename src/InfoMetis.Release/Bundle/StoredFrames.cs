using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace InfoMetis.Release.Bundle;

/// <summary>The stored frames of a zstd archive: their content is read from where it lies, and no library is needed for that.</summary>
internal sealed class StoredFrames(PackedArchive packed, FrameTable frames)
{
    private const int HeaderLength = ZstdFrameHeader.FixedLength + 1 + sizeof(uint);

    private readonly ConcurrentDictionary<int, bool> _known = [];

    /// <summary>Whether a frame is one of them, by its header and its sizes.</summary>
    public bool Contains(int frame) => _known.GetOrAdd(frame, IsStored);

    /// <summary>Some of the content of a frame from an offset on; of one block only.</summary>
    public int Read(int frame, long from, Span<byte> buffer)
    {
        var content = frames.Sizes[frame].Content;
        var (block, within) = (from / StoredBlocks.LargestBlock, (int)(from % StoredBlocks.LargestBlock));
        var start = block * StoredBlocks.LargestBlock;
        var size = (int)Math.Min(StoredBlocks.LargestBlock, content - start);
        var at = frames.PackedStart(frame) + HeaderLength + start + (block * StoredBlocks.HeaderLength);
        Span<byte> header = stackalloc byte[StoredBlocks.HeaderLength];
        Fill(header, at);
        var blocks = new StoredBlocks(content - start);
        if (!blocks.Enter(header))
            throw packed.Broken($"frame {frame} has a block of another form than a stored frame");
        var wanted = Math.Min(buffer.Length, size - within);
        Fill(buffer[..wanted], at + StoredBlocks.HeaderLength + within);
        return wanted;
    }

    private bool IsStored(int frame)
    {
        var (size, content) = frames.Sizes[frame];
        var blocks = (content + StoredBlocks.LargestBlock - 1) / StoredBlocks.LargestBlock;
        if (size != HeaderLength + content + (blocks * StoredBlocks.HeaderLength))
            return false;
        Span<byte> header = stackalloc byte[HeaderLength];
        Fill(header, frames.PackedStart(frame));
        var descriptor = header[ZstdFrameHeader.FixedLength - 1];
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == ZstdFrameHeader.Magic
            && ZstdFrameHeader.RestLength(descriptor) == HeaderLength - ZstdFrameHeader.FixedLength
            && ZstdFrameHeader.Parse(descriptor, header[ZstdFrameHeader.FixedLength..]) is { IsStored: true } stored
            && stored.ContentSize == content;
    }

    private void Fill(Span<byte> buffer, long at)
    {
        using var stream = new PackedStream(packed, at);
        stream.ReadExactly(buffer);
    }
}
