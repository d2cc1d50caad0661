using System.Buffers.Binary;
using System.Text;

namespace InfoMetis.Release.Tar;

/// <summary>The 512 bytes before a member, as ustar and GNU tar write them.</summary>
internal static class TarHeader
{
    private const int SumAt = 148;
    private const int SumLength = 8;

    /// <summary>Null where the block is no header.</summary>
    public static TarMember? Parse(ReadOnlySpan<byte> block, long offset)
    {
        if (Number(block.Slice(SumAt, SumLength)) is not { } sum || sum != Sum(block))
            return null;
        if (Number(block.Slice(124, 12)) is not { } size)
            return null;
        var name = Text(block[..100]);
        // GNU tar keeps times where ustar keeps the first part of a long name.
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix)
            name = $"{prefix}/{name}";
        return new TarMember(name, (char)block[156], offset, size);
    }

    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = SumLength * ' ';
        for (var i = 0; i < block.Length; i++)
            sum += i is >= SumAt and < SumAt + SumLength ? 0 : block[i];
        return sum;
    }

    /// <summary>Octal digits, or for what is too large for them a big-endian number marked by its first bit.</summary>
    private static long? Number(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80 && field.Length > sizeof(long))
            return BinaryPrimitives.ReadInt64BigEndian(field[^sizeof(long)..]) is >= 0 and var large ? large : null;
        var digits = field.Trim("\0 "u8);
        long number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            number = (number << 3) + (digit - '0');
        }
        return number;
    }
}
