using System.Buffers.Binary;

namespace InfoMetis.Release.Bundle;

/// <summary>The sizes of one frame: as it stands in the archive, and as it decompresses.</summary>
internal readonly record struct FrameSize(long Packed, long Content);

/// <summary>
/// The table of frames at the end of a zstd archive, in zstd's seekable format: a skippable frame, which every decompressor
/// passes over, without checksums.
/// </summary>
internal static class SeekTable
{
    public const uint SkippableMagic = 0x184D2A5E;
    public const int FooterLength = 9;
    public const int HeaderLength = 8;
    public const int EntryLength = 8;

    private const uint FooterMagic = 0x8F92EAB1;

    public static byte[] Bytes(IReadOnlyList<FrameSize> frames)
    {
        var table = new byte[Length(frames.Count)];
        BinaryPrimitives.WriteUInt32LittleEndian(table, SkippableMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4), (uint)(table.Length - HeaderLength));
        var at = HeaderLength;
        foreach (var frame in frames)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at), checked((uint)frame.Packed));
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at + 4), checked((uint)frame.Content));
            at += EntryLength;
        }
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(at), frames.Count);
        // The byte between, which describes the table, says by being zero that there are no checksums.
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(at + 5), FooterMagic);
        return table;
    }

    public static int Length(int frames) => HeaderLength + (frames * EntryLength) + FooterLength;

    /// <summary>How many frames a footer speaks of; null where it is none.</summary>
    public static int? Frames(ReadOnlySpan<byte> footer) =>
        footer.Length == FooterLength
        && footer[4] == 0
        && BinaryPrimitives.ReadUInt32LittleEndian(footer[5..]) == FooterMagic
        && BinaryPrimitives.ReadInt32LittleEndian(footer) is >= 0 and var frames
            ? frames
            : null;

    /// <summary>The frames of a whole table; null where it is none.</summary>
    public static IReadOnlyList<FrameSize>? Parse(ReadOnlySpan<byte> table)
    {
        if (
            table.Length < Length(0)
            || Frames(table[^FooterLength..]) is not { } count
            || table.Length != Length(count)
        )
            return null;
        if (
            BinaryPrimitives.ReadUInt32LittleEndian(table) != SkippableMagic
            || BinaryPrimitives.ReadUInt32LittleEndian(table[4..]) != table.Length - HeaderLength
        )
            return null;
        var frames = new List<FrameSize>(count);
        for (var at = HeaderLength; at < table.Length - FooterLength; at += EntryLength)
            frames.Add(
                new FrameSize(
                    BinaryPrimitives.ReadUInt32LittleEndian(table[at..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(table[(at + 4)..])
                )
            );
        return frames;
    }
}
