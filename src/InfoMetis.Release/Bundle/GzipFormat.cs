using System.IO.Compression;

namespace InfoMetis.Release.Bundle;

/// <summary>Members of gzip, for where there is no zstd. A member is made by one write, for what comes out depends on the writes.</summary>
internal sealed class GzipFormat(int level) : IFrameFormat
{
    public const int DefaultLevel = 9;
    public const int HighestLevel = 9;

    private const int QuickLevel = 1;

    public InventoryCompression Description { get; } =
        new(CompressionKind.Gzip, $"zlib of .NET {Environment.Version}", level);

    public bool Compresses => true;

    public long MemoryFor(long length) => 3 * length;

    public long? StoredSize(long length) => null;

    public void Store(FrameContent content, long length, FrameSink sink) =>
        throw new NotSupportedException("only making such a frame tells its size");

    public NativeBlock Pack(ReadOnlySpan<byte> content, bool isStored) => Compress(content, isStored ? 0 : level);

    public long Try(ReadOnlySpan<byte> sample)
    {
        using var compressed = Compress(sample, QuickLevel);
        return compressed.Length;
    }

    public byte[] Trailer(IReadOnlyList<FrameSize> frames) => [];

    private static NativeBlock Compress(ReadOnlySpan<byte> content, int level)
    {
        using var packed = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level };
        using (var gzip = new GZipStream(packed, options, leaveOpen: true))
            gzip.Write(content);
        var result = new NativeBlock((int)packed.Length);
        packed.GetBuffer().AsSpan(0, result.Length).CopyTo(result.Bytes);
        return result;
    }
}
