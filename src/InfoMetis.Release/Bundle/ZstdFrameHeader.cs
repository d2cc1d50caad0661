using System.Buffers.Binary;

namespace InfoMetis.Release.Bundle;

/// <summary>What stands before the blocks of a zstd frame (RFC 8878, 3.1.1.1).</summary>
/// <param name="ContentSize">Null where the frame does not declare it.</param>
internal readonly record struct ZstdFrameHeader(byte Descriptor, long Window, long? ContentSize)
{
    public const uint Magic = 0xFD2FB528;
    public const byte FirstByte = 0x28;

    /// <summary>The magic number and the descriptor, which says how long the rest is.</summary>
    public const int FixedLength = 5;

    private const int ReservedBits = 0b0001_1000;
    private const int DictionaryBits = 0b0000_0011;
    private const int SingleSegmentBit = 0b0010_0000;
    private const byte StoredDescriptor = 0b1000_0000;

    /// <summary>The one form that a stored frame has.</summary>
    public bool IsStored => Descriptor == StoredDescriptor && Window == StoredBlocks.LargestBlock;

    /// <summary>Null where it is none that a bundle has: with a dictionary, or with bits that nobody gave a meaning.</summary>
    public static int? RestLength(byte descriptor) =>
        (descriptor & (ReservedBits | DictionaryBits)) != 0
            ? null
            : WindowLength(descriptor) + ContentSizeLength(descriptor);

    public static ZstdFrameHeader Parse(byte descriptor, ReadOnlySpan<byte> rest)
    {
        var size = rest[WindowLength(descriptor)..];
        long? content = size.Length switch
        {
            0 => null,
            1 => size[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(size) + 256,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(size),
            _ => BinaryPrimitives.ReadInt64LittleEndian(size) is >= 0 and var large ? large : long.MaxValue,
        };
        return new ZstdFrameHeader(descriptor, IsSingle(descriptor) ? content ?? 0 : WindowOf(rest[0]), content);
    }

    private static bool IsSingle(byte descriptor) => (descriptor & SingleSegmentBit) != 0;

    private static int WindowLength(byte descriptor) => IsSingle(descriptor) ? 0 : 1;

    private static int ContentSizeLength(byte descriptor) =>
        (descriptor >> 6) switch
        {
            0 => IsSingle(descriptor) ? 1 : 0,
            1 => 2,
            2 => 4,
            _ => 8,
        };

    /// <summary>A power of two and up to seven eighths of it.</summary>
    private static long WindowOf(byte descriptor)
    {
        var power = 1L << (10 + (descriptor >> 3));
        return power + (power / 8 * (descriptor & 7));
    }
}
