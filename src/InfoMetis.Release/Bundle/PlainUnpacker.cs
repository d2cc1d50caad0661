namespace InfoMetis.Release.Bundle;

/// <summary>An archive that is not packed: all of it is one frame here, for nothing marks where one ends.</summary>
internal sealed class PlainUnpacker(PackedBytes packed) : IUnpacker
{
    public CompressionKind Kind => CompressionKind.None;
    public bool IsStored => false;

    public async ValueTask<bool> BeginAsync(CancellationToken cancellationToken) =>
        !(await packed.PeekAsync(cancellationToken)).IsEmpty;

    public ValueTask<ReadOnlyMemory<byte>> PeekAsync(long sure, CancellationToken cancellationToken) =>
        packed.PeekAsync(cancellationToken);

    public void Take(int count) => packed.Take(count);

    public ValueTask FinishAsync(IReadOnlyList<FrameSize> frames, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public void Dispose() { }
}
