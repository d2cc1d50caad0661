using System.Collections.Concurrent;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>How far a pull is. Written by the workers, read at any time by whoever shows it.</summary>
public sealed class PullProgress
{
    private readonly ConcurrentDictionary<Ingest, string> _running = new();
    private long _finished;
    private int _blobs;

    /// <summary>Bytes that came over in this run, those of running blobs included.</summary>
    public long Fetched => Interlocked.Read(ref _finished) + _running.Keys.Sum(Brought);

    /// <summary>Blobs that are in the store now.</summary>
    public int Blobs => Volatile.Read(ref _blobs);

    /// <summary>The blobs on their way: what they are for, bytes here and bytes in all.</summary>
    public IReadOnlyList<RunningBlob> Running =>
        [
            .. _running.Select(pair => new RunningBlob(
                pair.Value,
                pair.Key.Target.Digest,
                pair.Key.Offset,
                pair.Key.Target.Size
            )),
        ];

    internal void Begin(Ingest ingest, string owner) => _running[ingest] = owner;

    internal void End(Ingest ingest)
    {
        var brought = Brought(ingest);
        _running.TryRemove(ingest, out _);
        Interlocked.Add(ref _finished, brought);
        if (ingest.IsComplete)
            Interlocked.Increment(ref _blobs);
    }

    private static long Brought(Ingest ingest) => Math.Max(0, ingest.Offset - ingest.Resumed);
}

/// <param name="For">One of the images that the blob belongs to, or the file that it is.</param>
public readonly record struct RunningBlob(string For, Oci.Digest Digest, long Here, long Size);
