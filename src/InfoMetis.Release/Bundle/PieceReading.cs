using System.IO.Pipelines;
using System.Security.Cryptography;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Reads the pieces of an archive once, from the first byte to the last: hashes each on this core, and hands its bytes to
/// who unpacks them on another. Where that one has given up, the hashes are taken all the same.
/// </summary>
internal static class PieceReading
{
    private const int ChunkSize = 512 << 10;
    private const int SmallestRead = 64 << 10;
    private const int ChunksAhead = 8;

    /// <summary>Never ahead by more than a few megabytes, whatever the archive.</summary>
    public static Pipe NewPipe() =>
        new(
            new PipeOptions(
                minimumSegmentSize: ChunkSize,
                pauseWriterThreshold: ChunksAhead * ChunkSize,
                resumeWriterThreshold: ChunksAhead * ChunkSize / 2,
                useSynchronizationContext: false
            )
        );

    /// <summary>What each piece is; one that cannot be read keeps no other from being hashed.</summary>
    /// <param name="unpacking">Null where the hashes are all that is wanted.</param>
    public static async Task<IReadOnlyList<ReadPiece>> RunAsync(
        IAsyncEnumerable<PackedPiece> pieces,
        PipeWriter? unpacking,
        CancellationToken cancellationToken
    )
    {
        var (read, to) = (new List<ReadPiece>(), unpacking ?? Nowhere());
        try
        {
            await foreach (var piece in pieces.WithCancellation(cancellationToken))
            {
                read.Add(await ReadAsync(piece, to, cancellationToken));
                if (read[^1].Fault is not { } fault)
                    continue;
                // What comes after a gap is no archive.
                await to.CompleteAsync(new ReleaseException(fault));
                to = Nowhere();
            }
            return read;
        }
        finally
        {
            await to.CompleteAsync();
        }
    }

    private static PipeWriter Nowhere()
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: ChunkSize, useSynchronizationContext: false));
        pipe.Reader.Complete();
        return pipe.Writer;
    }

    private static async Task<ReadPiece> ReadAsync(
        PackedPiece piece,
        PipeWriter to,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        try
        {
            // What has no length is empty, or a pipe or device that would never end.
            await using var stream = piece.Length == 0 ? Stream.Null : piece.Open();
            while (true)
            {
                var room = to.GetMemory(SmallestRead);
                // A read of standard input does not end when it is asked to.
                var count = await stream.ReadAsync(room, cancellationToken).AsTask().WaitAsync(cancellationToken);
                if (count == 0)
                    return new ReadPiece(piece.Name, length, Digest.Of(hash), Fault: null);
                hash.AppendData(room.Span[..count]);
                length += count;
                to.Advance(count);
                await to.FlushAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (Disk.Fault.IsOfTheDisk(exception))
        {
            return new ReadPiece(
                piece.Name,
                length,
                Sha256: null,
                Message.BundleFileUnreadable(piece.Name, exception.Message)
            );
        }
    }
}

/// <summary>What a file of an archive was found to be.</summary>
/// <param name="Length">As far as it could be read.</param>
/// <param name="Sha256">Null where it could not be read to its end.</param>
public sealed record ReadPiece(string Name, long Length, Digest? Sha256, Finding? Fault);
