namespace InfoMetis.Release.Bundle;

/// <summary>Where each frame of a zstd archive lies, by the table at its end; it is used only where all of it adds up.</summary>
internal sealed class FrameTable
{
    /// <summary>Frames of an archive of four tebibytes.</summary>
    public const int MostFrames = 1 << 20;

    /// <summary>What zstd may make of the largest frame at the worst, and some.</summary>
    private const long LargestPacked = FrameCutter.LargestCompressed + (FrameCutter.LargestCompressed >> 7);

    private readonly long[] _packedStarts;
    private readonly long[] _contentStarts;

    private FrameTable(IReadOnlyList<FrameSize> sizes)
    {
        Sizes = sizes;
        _packedStarts = Starts(sizes.Select(size => size.Packed));
        _contentStarts = Starts(sizes.Select(size => size.Content));
    }

    public IReadOnlyList<FrameSize> Sizes { get; }

    /// <summary>Of the tar.</summary>
    public long ContentLength => _contentStarts[^1];

    public long PackedStart(int frame) => _packedStarts[frame];

    public long ContentStart(int frame) => _contentStarts[frame];

    /// <summary>The frame that holds a byte of the tar; one behind the last where none does.</summary>
    public int FrameOf(long offset) =>
        Array.BinarySearch(_contentStarts, offset) is >= 0 and var exact
            ? exact
            : Math.Min(~Array.BinarySearch(_contentStarts, offset) - 1, Sizes.Count);

    /// <summary>Of frames that were found by reading all of them.</summary>
    public static FrameTable Of(IReadOnlyList<FrameSize> sizes) => new(sizes);

    public static FrameTable Read(PackedArchive packed, long length)
    {
        if (length < SeekTable.Length(1))
            throw packed.Broken("it is too short to have a table of frames");
        var footer = Bytes(packed, length - SeekTable.FooterLength, SeekTable.FooterLength);
        if (SeekTable.Frames(footer) is not { } count)
            throw packed.Broken("it does not end with a table of frames");
        if (count is 0 or > MostFrames || SeekTable.Length(count) > length)
            throw packed.Broken($"its table of frames speaks of {count:N0} frames");
        var table = Bytes(packed, length - SeekTable.Length(count), SeekTable.Length(count));
        if (SeekTable.Parse(table) is not { } sizes)
            throw packed.Broken("its table of frames is not written as it must be");
        if (sizes.Any(size => size.Packed is 0 or > LargestPacked))
            throw packed.Broken("its table of frames has a frame of a size that no frame has");
        if (sizes.Any(size => size.Content is 0 or > FrameCutter.LargestCompressed))
            throw packed.Broken(
                "its table of frames has a frame with more content than a frame may have, or with none"
            );
        if (sizes.Sum(size => size.Packed) is var sum && sum + table.Length != length)
            throw packed.Broken(
                $"its table speaks of {sum:N0} bytes of frames, and there are {length - table.Length:N0}"
            );
        return new FrameTable(sizes);
    }

    private static byte[] Bytes(PackedArchive packed, long offset, int length)
    {
        var bytes = new byte[length];
        using var stream = new PackedStream(packed, offset);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static long[] Starts(IEnumerable<long> lengths)
    {
        var starts = new List<long> { 0 };
        foreach (var length in lengths)
            starts.Add(starts[^1] + length);
        return [.. starts];
    }
}
