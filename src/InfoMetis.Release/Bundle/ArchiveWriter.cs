namespace InfoMetis.Release.Bundle;

/// <summary>
/// Writes the frames of an archive in their order. What is stored goes straight through; what is compressed was packed ahead, on
/// the other cores. One thread writes: two that write to one file wait for each other in the kernel, and burn a core over it.
/// </summary>
internal sealed class ArchiveWriter(ArchivePlan plan, IFrameFormat format, IArchiveSink sink)
{
    private long _written;

    /// <summary>How many bytes of the tar are in the archive; may be read at any time.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <returns>The sizes of its frames.</returns>
    public Task<IReadOnlyList<FrameSize>> WriteAsync(CancellationToken cancellationToken) =>
        Task.Run(() => WriteAllAsync(cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<FrameSize>> WriteAllAsync(CancellationToken cancellationToken)
    {
        var sizes = new List<FrameSize>(plan.Frames.Count);
        await using var ahead = new PackedAhead(
            plan,
            format,
            [.. plan.Frames.Where(frame => StoredSize(frame) is null)]
        );
        foreach (var frame in plan.Frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long size;
            if (StoredSize(frame) is { } known)
            {
                await StoreAsync(frame, cancellationToken);
                size = known;
            }
            else
            {
                using var packed = await ahead.NextAsync(cancellationToken);
                sink.Write(packed.Bytes);
                size = packed.Length;
            }
            sizes.Add(new FrameSize(size, frame.Length));
            Interlocked.Add(ref _written, frame.Length);
        }
        sink.Write(format.Trailer(sizes));
        return sizes;
    }

    private async Task StoreAsync(ArchiveFrame frame, CancellationToken cancellationToken)
    {
        using var content = await plan.OpenAsync(frame, cancellationToken);
        format.Store(content, frame.Length, sink.Write);
    }

    /// <summary>Null for a frame that is packed in memory.</summary>
    private long? StoredSize(ArchiveFrame frame) => frame.IsStored ? format.StoredSize(frame.Length) : null;
}
