namespace InfoMetis.Release.Bundle;

/// <summary>Decompresses frames with libzstd, none of which may look further back than 128 MiB.</summary>
internal sealed unsafe class ZstdDecompressor : IDisposable
{
    public const int LargestWindowLog = 27;

    private nint _context = Zstd.Load(() => ZstdLibrary.CreateDecompressor());

    public ZstdDecompressor() =>
        Zstd.Require(ZstdLibrary.SetDecompressor(_context, ZstdLibrary.LargestWindowLog, LargestWindowLog));

    /// <summary>Takes some of a frame in, and puts some of its content out.</summary>
    public ZstdProgress Run(ReadOnlySpan<byte> packed, Span<byte> content)
    {
        fixed (byte* source = packed)
        fixed (byte* target = content)
        {
            var input = new ZstdBuffer { Start = source, Length = (nuint)packed.Length };
            var output = new ZstdBuffer { Start = target, Length = (nuint)content.Length };
            var code = ZstdLibrary.Decompress(_context, &output, &input);
            return new ZstdProgress((int)input.Position, (int)output.Position, code == 0, Zstd.Failure(code));
        }
    }

    public void Dispose()
    {
        ZstdLibrary.FreeDecompressor(_context);
        _context = 0;
    }
}

/// <param name="IsAtEnd">The frame is complete, and so is its content.</param>
internal readonly record struct ZstdProgress(int Taken, int Put, bool IsAtEnd, string? Failure);
