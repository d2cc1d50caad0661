using System.Buffers.Binary;
using System.Text;

namespace InfoMetis.Release.Tar;

/// <summary>The 512 bytes before a member, as ustar and GNU tar write them.</summary>
internal static class TarHeader
{
    public const int Length = 512;

    private const int SumAt = 148;
    private const int SumLength = 8;
    private const int NameLength = 100;
    private const int PrefixAt = 345;
    private const int PrefixLength = 155;
    private const int OctalDigits = 11;
    private const long LargestOctal = (1L << (3 * OctalDigits)) - 1;

    /// <summary>Null where the block is no header.</summary>
    public static TarMember? Parse(ReadOnlySpan<byte> block, long offset)
    {
        if (Number(block.Slice(SumAt, SumLength)) is not { } sum || sum != Sum(block))
            return null;
        if (Number(block.Slice(124, 12)) is not { } size)
            return null;
        var name = Text(block[..NameLength]);
        // GNU tar keeps times where ustar keeps the first part of a long name.
        if (
            block.Slice(257, 6).SequenceEqual("ustar\0"u8)
            && Text(block.Slice(PrefixAt, PrefixLength)) is { Length: > 0 } prefix
        )
            name = $"{prefix}/{name}";
        return new TarMember(name, (char)block[156], offset, size);
    }

    /// <summary>
    /// The ustar header of a regular file, the same bytes for the same values: no owner, no device, no extension. A size that
    /// eleven octal digits cannot say is written as GNU tar does, in binary.
    /// </summary>
    public static byte[] Of(string name, long size, int mode, DateTimeOffset modified)
    {
        var block = new byte[Length];
        PutName(block, name);
        PutOctal(block.AsSpan(100, 8), mode);
        PutOctal(block.AsSpan(108, 8), 0);
        PutOctal(block.AsSpan(116, 8), 0);
        PutSize(block.AsSpan(124, 12), size);
        PutOctal(block.AsSpan(136, 12), modified.ToUnixTimeSeconds());
        block[156] = (byte)'0';
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        PutOctal(block.AsSpan(329, 8), 0);
        PutOctal(block.AsSpan(337, 8), 0);
        PutOctal(block.AsSpan(SumAt, SumLength - 1), Sum(block));
        block[SumAt + SumLength - 1] = (byte)' ';
        return block;
    }

    /// <summary>The time of change that a header gives; null where it gives none.</summary>
    public static DateTimeOffset? Modified(ReadOnlySpan<byte> block) =>
        Number(block.Slice(136, 12)) is { } seconds and <= LargestOctal
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>How far a file of some size reaches: to the end of its last block.</summary>
    public static long Padded(long size) => (size + Length - 1) / Length * Length;

    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private static void PutName(Span<byte> block, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length <= NameLength)
        {
            bytes.CopyTo(block);
            return;
        }
        // The last slash that leaves a name short enough; what stands before it goes where ustar keeps it.
        var slash = Array.IndexOf(bytes, (byte)'/', bytes.Length - NameLength - 1);
        if (slash is < 1 or > PrefixLength)
            throw new ArgumentException($"'{name}' does not fit into a ustar header", nameof(name));
        bytes.AsSpan(slash + 1).CopyTo(block);
        bytes.AsSpan(0, slash).CopyTo(block[PrefixAt..]);
    }

    private static void PutSize(Span<byte> field, long size)
    {
        if (size <= LargestOctal)
        {
            PutOctal(field, size);
            return;
        }
        field[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(field[^sizeof(long)..], size);
    }

    /// <summary>As many digits as there is room for, and a zero byte.</summary>
    private static void PutOctal(Span<byte> field, long number)
    {
        field[^1] = 0;
        for (var at = field.Length - 2; at >= 0; at--, number >>= 3)
            field[at] = (byte)('0' + (number & 7));
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
