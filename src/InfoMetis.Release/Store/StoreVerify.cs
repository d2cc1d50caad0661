using System.Collections.Concurrent;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

public enum BlobState
{
    Ok,
    Missing,
    WrongSize,
    WrongDigest,
    Unreadable,
}

/// <summary>What a check of one blob found.</summary>
/// <param name="Size">As the file is; as whoever needs it says where there is no file.</param>
/// <param name="Detail">What was expected or what went wrong; null where all is well.</param>
public sealed record BlobReport(Digest Digest, BlobState State, long Size, string? Detail)
{
    /// <summary>The next pull brings it again; false only where this user may not mark the file.</summary>
    public bool IsFetchedAgain { get; init; }
}

/// <summary>
/// Hashes everything in a store. Nothing is moved or removed: a damaged file only loses its seal, so that the next pull
/// looks at it, finds it wrong and puts the right one in its place.
/// </summary>
public sealed class StoreVerify(ContentStore store)
{
    /// <summary>A report for each blob that is there or is needed, by digest.</summary>
    /// <param name="roots">What must be complete; where there are none, every image of the store's index.</param>
    public async Task<IReadOnlyList<BlobReport>> RunAsync(
        IReadOnlyList<StoreRoot> roots,
        CancellationToken cancellationToken
    )
    {
        var reports = new ConcurrentDictionary<Digest, BlobReport>();
        await Parallel.ForEachAsync(
            store.Layout.Contents(),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            (blob, token) =>
            {
                reports[blob.Digest] = Hash(blob, token);
                return ValueTask.CompletedTask;
            }
        );
        foreach (var needed in await new NeededContent(store, reports).OfAsync(roots, cancellationToken))
            reports[needed.Digest] = Compare(needed, reports.GetValueOrDefault(needed.Digest));
        return [.. reports.Values.Select(Mark).OrderBy(r => r.Digest.Hex, StringComparer.Ordinal)];
    }

    private BlobReport Hash(StoredBlob blob, CancellationToken cancellationToken)
    {
        try
        {
            var found = BlobHash.Of(store.Layout.Blob(blob.Digest), cancellationToken);
            return found == blob.Digest
                ? new BlobReport(blob.Digest, BlobState.Ok, blob.Size, Detail: null)
                : new BlobReport(blob.Digest, BlobState.WrongDigest, blob.Size, $"it hashes to {found}");
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            return new BlobReport(blob.Digest, BlobState.Unreadable, blob.Size, exception.Message);
        }
    }

    private static BlobReport Compare(Descriptor needed, BlobReport? found) =>
        found is null ? new BlobReport(needed.Digest, BlobState.Missing, needed.Size, "a release needs it")
        : found.Size != needed.Size && found.State is not BlobState.Unreadable
            ? found with
            {
                State = BlobState.WrongSize,
                Detail = $"{needed.Size} bytes are expected",
            }
        : found;

    private BlobReport Mark(BlobReport report) =>
        report.State switch
        {
            BlobState.Ok => report,
            BlobState.Missing => report with { IsFetchedAgain = true },
            _ => report with { IsFetchedAgain = Seal.TryBreak(store.Layout.Blob(report.Digest)) },
        };
}
