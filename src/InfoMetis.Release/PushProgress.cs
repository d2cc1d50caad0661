using System.Collections.Concurrent;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>How far a push is. Written by the workers, read at any time by whoever shows it.</summary>
public sealed class PushProgress
{
    private readonly ConcurrentDictionary<Digest, RunningBlob> _running = new();
    private long _finished;
    private int _blobs;
    private int _mounted;

    /// <summary>Bytes that went over in this run, those of running blobs included.</summary>
    public long Pushed => Interlocked.Read(ref _finished) + _running.Values.Sum(blob => blob.Here);

    /// <summary>Blobs that were sent in this run and that the registry has.</summary>
    public int Blobs => Volatile.Read(ref _blobs);

    /// <summary>Links that were made to blobs which another repository held.</summary>
    public int Mounted => Volatile.Read(ref _mounted);

    public IReadOnlyList<RunningBlob> Running => [.. _running.Values];

    internal void Move(PlannedUpload blob, long sent) =>
        _running[blob.Content.Digest] = new RunningBlob(blob.For, blob.Content.Digest, sent, blob.Content.Size);

    internal void End(PlannedUpload blob, bool isThere)
    {
        if (!_running.TryRemove(blob.Content.Digest, out _) || !isThere)
            return;
        Interlocked.Add(ref _finished, blob.Content.Size);
        Interlocked.Increment(ref _blobs);
    }

    internal void Mount() => Interlocked.Increment(ref _mounted);
}
