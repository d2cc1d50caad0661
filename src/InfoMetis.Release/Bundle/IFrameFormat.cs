namespace InfoMetis.Release.Bundle;

/// <summary>A way to pack stretches of the tar into frames that, one after the other, unpack to the whole.</summary>
internal interface IFrameFormat
{
    InventoryCompression Description { get; }

    /// <summary>Whether it pays to look which blobs shrink.</summary>
    bool Compresses { get; }

    /// <summary>The memory that packing takes, the content and the result included.</summary>
    long MemoryFor(long length);

    /// <summary>The size of a stored frame; null where only making it tells.</summary>
    long? StoredSize(long length);

    /// <summary>Makes a frame of that size piece by piece: fills buffers with content and framing, and hands them on.</summary>
    void Store(FrameContent content, long length, FrameSink sink);

    /// <summary>Makes a frame in memory.</summary>
    NativeBlock Pack(ReadOnlySpan<byte> content, bool isStored);

    /// <summary>What a stretch would shrink to, quickly.</summary>
    long Try(ReadOnlySpan<byte> sample);

    /// <summary>What stands behind the last frame.</summary>
    byte[] Trailer(IReadOnlyList<FrameSize> frames);
}

/// <summary>Takes the bytes of a frame in their order.</summary>
internal delegate void FrameSink(ReadOnlySpan<byte> bytes);
