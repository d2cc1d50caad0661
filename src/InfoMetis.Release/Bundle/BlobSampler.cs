using System.Collections.Concurrent;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Finds by trying which blobs shrink. The same blobs give the same answers, whatever the machine does meanwhile.</summary>
internal sealed class BlobSampler(IImageSource source, IFrameFormat format)
{
    private const int PieceSize = 64 << 10;
    private const int Pieces = 3;
    private const int LeastGainInPercent = 10;

    public async Task<IReadOnlyDictionary<Digest, BlobSample>> TryAsync(
        IReadOnlyList<Descriptor> blobs,
        CancellationToken cancellationToken
    )
    {
        var samples = new ConcurrentDictionary<Digest, BlobSample>();
        if (!format.Compresses)
            return samples;
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            async (blob, token) => samples[blob.Digest] = await TryAsync(blob, token)
        );
        return samples;
    }

    public static bool Shrinks(BlobSample sample) =>
        sample.Compressed * 100 <= sample.Tried * (100 - LeastGainInPercent) && sample.Tried > 0;

    private async Task<BlobSample> TryAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        if (blob.Size <= Pieces * PieceSize)
            return await TryAsync(blob, 0, (int)blob.Size, cancellationToken);
        var sample = new BlobSample(0, 0);
        foreach (var start in (long[])[0, (blob.Size - PieceSize) / 2, blob.Size - PieceSize])
        {
            var piece = await TryAsync(blob, start, PieceSize, cancellationToken);
            sample = new BlobSample(sample.Tried + piece.Tried, sample.Compressed + piece.Compressed);
        }
        return sample;
    }

    private async Task<BlobSample> TryAsync(
        Descriptor blob,
        long start,
        int length,
        CancellationToken cancellationToken
    )
    {
        var piece = new byte[length];
        await using var content = await source.FetchAsync(blob, start, cancellationToken);
        await content.ReadExactlyAsync(piece, cancellationToken);
        return new BlobSample(length, format.Try(piece));
    }
}
