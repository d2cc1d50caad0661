namespace InfoMetis.Release.Bundle;

/// <summary>Packs frames in memory before it is their turn, on other cores, as far as memory allows.</summary>
internal sealed class PackedAhead(ArchivePlan plan, IFrameFormat format, IReadOnlyList<ArchiveFrame> frames)
    : IAsyncDisposable
{
    /// <summary>For all frames that are being packed; one that takes more by itself is packed alone.</summary>
    private const long MostMemory = 160 << 20;

    private static readonly int Most = Environment.ProcessorCount + 1;

    private readonly Queue<(Task<NativeBlock> Packing, long Memory)> _begun = new();
    private readonly CancellationTokenSource _stop = new();
    private int _next;
    private long _memory;

    /// <summary>The next frame, in the order of the archive; whoever gets it disposes of it.</summary>
    public async Task<NativeBlock> NextAsync(CancellationToken cancellationToken)
    {
        BeginMore();
        var (packing, memory) = _begun.Peek();
        await packing.WaitAsync(cancellationToken);
        _begun.Dequeue();
        _memory -= memory;
        return await packing;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var (packing, _) in _begun)
        {
            // Whatever it comes to, nobody waits for it any more.
            await ((Task)packing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (packing.IsCompletedSuccessfully)
                (await packing).Dispose();
        }
        _stop.Dispose();
    }

    private void BeginMore()
    {
        while (_next < frames.Count && _begun.Count < Most)
        {
            var frame = frames[_next];
            var memory = format.MemoryFor(frame.Length);
            if (_begun.Count > 0 && _memory + memory > MostMemory)
                return;
            _next++;
            _memory += memory;
            _begun.Enqueue((Task.Run(() => PackAsync(frame, _stop.Token), CancellationToken.None), memory));
        }
    }

    private async Task<NativeBlock> PackAsync(ArchiveFrame frame, CancellationToken cancellationToken)
    {
        using var content = await plan.OpenAsync(frame, cancellationToken);
        using var whole = new NativeBlock((int)frame.Length);
        content.Fill(whole.Bytes);
        cancellationToken.ThrowIfCancellationRequested();
        return format.Pack(whole.Bytes, frame.IsStored);
    }
}
