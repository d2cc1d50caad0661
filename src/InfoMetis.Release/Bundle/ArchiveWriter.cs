using System.Threading.Channels;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Writes the frames of an archive on all cores. What is stored has a known size, so its place is known before it is
/// read; what is compressed is packed ahead, and has its place as soon as all before it have theirs.
/// </summary>
internal sealed class ArchiveWriter(ArchivePlan plan, IFrameFormat format, IArchiveSink sink)
{
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly Channel<StoredFrame> _stored = Channel.CreateBounded<StoredFrame>(2 * Cores);

    private readonly record struct StoredFrame(ArchiveFrame Frame, long Offset);

    private long _written;

    /// <summary>How many bytes of the tar are in the archive; may be read at any time.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <returns>The sizes of its frames.</returns>
    public async Task<IReadOnlyList<FrameSize>> WriteAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var placing = Task.Run(() => PlaceAsync(stop.Token), CancellationToken.None);
        try
        {
            await Parallel.ForEachAsync(
                _stored.Reader.ReadAllAsync(stop.Token),
                new ParallelOptions { MaxDegreeOfParallelism = Cores, CancellationToken = stop.Token },
                StoreAsync
            );
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            // Its own failure has come through the channel already.
            await ((Task)placing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await placing;
    }

    private async Task<IReadOnlyList<FrameSize>> PlaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var sizes = await PlaceAllAsync(cancellationToken);
            _stored.Writer.Complete();
            return sizes;
        }
        catch (Exception exception)
        {
            _stored.Writer.Complete(exception);
            throw;
        }
    }

    private async Task<IReadOnlyList<FrameSize>> PlaceAllAsync(CancellationToken cancellationToken)
    {
        var sizes = new List<FrameSize>(plan.Frames.Count);
        long offset = 0;
        await using var ahead = new PackedAhead(plan, format, [.. plan.Frames.Where(frame => Known(frame) is null)]);
        foreach (var frame in plan.Frames)
        {
            if (Known(frame) is { } size)
            {
                await _stored.Writer.WriteAsync(new StoredFrame(frame, offset), cancellationToken);
                sizes.Add(new FrameSize(size, frame.Length));
            }
            else
            {
                using var packed = await ahead.NextAsync(cancellationToken);
                sink.Write(packed.Bytes, offset);
                Interlocked.Add(ref _written, frame.Length);
                sizes.Add(new FrameSize(packed.Length, frame.Length));
            }
            offset += sizes[^1].Packed;
        }
        sink.Write(format.Trailer(sizes), offset);
        return sizes;
    }

    private long? Known(ArchiveFrame frame) => frame.IsStored ? format.StoredSize(frame.Length) : null;

    private async ValueTask StoreAsync(StoredFrame stored, CancellationToken cancellationToken)
    {
        using var content = await plan.OpenAsync(stored.Frame, cancellationToken);
        var offset = stored.Offset;
        format.Store(
            content,
            stored.Frame.Length,
            bytes =>
            {
                sink.Write(bytes, offset);
                offset += bytes.Length;
            }
        );
        Interlocked.Add(ref _written, stored.Frame.Length);
    }
}
