namespace InfoMetis.Release.Bundle;

/// <summary>The raw blocks of a stored zstd frame: all of the largest size but the last, which no library is needed to read.</summary>
internal struct StoredBlocks(long contentSize)
{
    public const int LargestBlock = 128 << 10;
    public const int HeaderLength = 3;

    private long _left = contentSize;

    /// <summary>How much of the block that was entered is still to come.</summary>
    public int LeftOfBlock { get; private set; }

    public readonly bool IsAtEnd => _left == 0 && LeftOfBlock == 0;

    /// <summary>Enters the next block; false where its header is not the one it must have.</summary>
    public bool Enter(ReadOnlySpan<byte> header)
    {
        var size = (int)Math.Min(_left, LargestBlock);
        _left -= size;
        LeftOfBlock = size;
        // One bit for the last block, two for its kind, which is zero for a raw one, and the size.
        var expected = (size << 3) | (_left == 0 ? 1 : 0);
        return (header[0] | (header[1] << 8) | (header[2] << 16)) == expected;
    }

    public void Take(int count) => LeftOfBlock -= count;
}
