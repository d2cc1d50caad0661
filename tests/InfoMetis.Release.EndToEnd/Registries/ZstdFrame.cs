using System.Buffers.Binary;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>The plainest zstd there is: one frame of raw blocks (RFC 8878), which every reader of zstd takes.</summary>
internal static class ZstdFrame
{
    private const int MostOfABlock = 128 * 1024;

    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        using var frame = new MemoryStream();
        // Magic number; then a header that says: one segment, and its size in four bytes.
        frame.Write([0x28, 0xB5, 0x2F, 0xFD, 0b1010_0000]);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)content.Length);
        frame.Write(number);
        do
        {
            var block = content[..Math.Min(MostOfABlock, content.Length)];
            content = content[block.Length..];
            var isLast = content.IsEmpty ? 1u : 0u;
            BinaryPrimitives.WriteUInt32LittleEndian(number, ((uint)block.Length << 3) | isLast);
            frame.Write(number[..3]);
            frame.Write(block);
        } while (!content.IsEmpty);
        return frame.ToArray();
    }
}
