using System.Buffers;
using System.Buffers.Binary;

namespace InfoMetis.Release.Bundle;

/// <summary>Frames of zstd: what shrinks by libzstd, what does not in raw blocks that no compressor runs over.</summary>
internal sealed unsafe class ZstdFormat(int level) : IFrameFormat
{
    public const int DefaultLevel = 19;
    public const int HighestLevel = 22;

    /// <summary>What every decompressor accepts without being asked to; within a frame, long distances reach this far back.</summary>
    public const int WindowLog = 27;

    public const int BlockSize = 128 << 10;

    private const int QuickLevel = 3;
    private const int HeaderSize = 10;
    private const int BlockHeaderSize = 3;
    private const int BufferSize = HeaderSize + (4 * (BlockHeaderSize + BlockSize));
    private const uint Magic = 0xFD2FB528;
    private const byte ContentSizeInFourBytes = 0x80;
    private const byte WindowOf128Kibibytes = 7 << 3;
    private const long LargestTables = 88 << 20;

    public InventoryCompression Description { get; } = new(CompressionKind.Zstd, Zstd.Version(), level);

    public bool Compresses => true;

    /// <summary>Measured with libzstd 1.5.4 at level 19: its tables grow with the content, up to a limit.</summary>
    public long MemoryFor(long length) => (2 * length) + Math.Min(16 * length, LargestTables);

    public long? StoredSize(long length) => HeaderSize + length + (BlockHeaderSize * Blocks(length));

    public void Store(FrameContent content, long length, FrameSink sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            Store(content, length, sink, buffer.AsSpan(0, BufferSize));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public NativeBlock Pack(ReadOnlySpan<byte> content, bool isStored) => Compress(content, level);

    public long Try(ReadOnlySpan<byte> sample)
    {
        using var compressed = Compress(sample, QuickLevel);
        return compressed.Length;
    }

    public byte[] Trailer(IReadOnlyList<FrameSize> frames) => SeekTable.Bytes(frames);

    private static void Store(FrameContent content, long length, FrameSink sink, Span<byte> buffer)
    {
        var used = PutHeader(buffer, length);
        for (var left = length; left > 0; )
        {
            var block = (int)Math.Min(left, BlockSize);
            left -= block;
            PutBlockHeader(buffer[used..], block, isLast: left == 0);
            used += BlockHeaderSize;
            content.Fill(buffer.Slice(used, block));
            used += block;
            if (left > 0 && used + BlockHeaderSize + BlockSize <= buffer.Length)
                continue;
            sink(buffer[..used]);
            used = 0;
        }
    }

    private static long Blocks(long length) => (length + BlockSize - 1) / BlockSize;

    private static int PutHeader(Span<byte> target, long length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        target[4] = ContentSizeInFourBytes;
        target[5] = WindowOf128Kibibytes;
        BinaryPrimitives.WriteUInt32LittleEndian(target[6..], checked((uint)length));
        return HeaderSize;
    }

    /// <summary>One bit for the last block, two zero bits for a raw one, and the size.</summary>
    private static void PutBlockHeader(Span<byte> target, int size, bool isLast)
    {
        var header = (size << 3) | (isLast ? 1 : 0);
        target[0] = (byte)header;
        target[1] = (byte)(header >> 8);
        target[2] = (byte)(header >> 16);
    }

    private static NativeBlock Compress(ReadOnlySpan<byte> content, int level)
    {
        var compressor = ZstdLibrary.CreateCompressor();
        var result = new NativeBlock((int)ZstdLibrary.CompressBound((nuint)content.Length));
        try
        {
            Zstd.Require(ZstdLibrary.SetCompressor(compressor, ZstdLibrary.CompressionLevel, level));
            // One changed byte may change every later copy of it in the same way, so that a frame agrees with itself and is wrong.
            Zstd.Require(ZstdLibrary.SetCompressor(compressor, ZstdLibrary.ChecksumFlag, 1));
            if (level > QuickLevel)
            {
                Zstd.Require(ZstdLibrary.SetCompressor(compressor, ZstdLibrary.WindowLog, WindowLog));
                Zstd.Require(ZstdLibrary.SetCompressor(compressor, ZstdLibrary.LongDistanceMatching, 1));
            }
            fixed (byte* source = content)
            fixed (byte* target = result.Bytes)
                result.Length = (int)
                    Zstd.Require(
                        ZstdLibrary.Compress(compressor, target, (nuint)result.Length, source, (nuint)content.Length)
                    );
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
        finally
        {
            ZstdLibrary.FreeCompressor(compressor);
        }
    }
}
