namespace InfoMetis.Release.Bundle;

/// <summary>No packing at all: the archive is the tar.</summary>
internal sealed class PlainFormat : IFrameFormat
{
    private const int BufferSize = 512 << 10;

    public InventoryCompression Description { get; } = new(CompressionKind.None, "none", Level: 0);

    public bool Compresses => false;

    public long MemoryFor(long length) => 2 * length;

    public long? StoredSize(long length) => length;

    public void Store(FrameContent content, long length, FrameSink sink)
    {
        var buffer = new byte[Math.Min(length, BufferSize)];
        for (var left = length; left > 0; )
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            content.Fill(piece);
            sink(piece);
            left -= piece.Length;
        }
    }

    public NativeBlock Pack(ReadOnlySpan<byte> content, bool isStored)
    {
        var copy = new NativeBlock(content.Length);
        content.CopyTo(copy.Bytes);
        return copy;
    }

    public long Try(ReadOnlySpan<byte> sample) => sample.Length;

    public byte[] Trailer(IReadOnlyList<FrameSize> frames) => [];
}
