namespace InfoMetis.Release.Bundle;

/// <summary>Takes the frames of an archive apart, one after the other.</summary>
internal interface IUnpacker : IDisposable
{
    CompressionKind Kind { get; }

    /// <summary>Whether no compressor ran over the frame that was begun.</summary>
    bool IsStored { get; }

    /// <summary>Begins the next frame; false where there is none.</summary>
    ValueTask<bool> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Some of the content that comes next in this frame; empty at its end.</summary>
    /// <param name="sure">How much content the frame has from here on, at the least, unless the archive is broken.</param>
    ValueTask<ReadOnlyMemory<byte>> PeekAsync(long sure, CancellationToken cancellationToken);

    void Take(int count);

    /// <summary>Reads what stands behind the last frame; nothing follows it.</summary>
    ValueTask FinishAsync(IReadOnlyList<FrameSize> frames, CancellationToken cancellationToken);
}
