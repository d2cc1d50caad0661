using System.IO.Pipelines;
using System.Security.Cryptography;
using InfoMetis.Release.Disk;
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

    /// <summary>The hash and length of each piece.</summary>
    public static async Task<IReadOnlyList<ReadPiece>> RunAsync(
        IReadOnlyList<PackedPiece> pieces,
        PipeWriter unpacking,
        CancellationToken cancellationToken
    )
    {
        var read = new List<ReadPiece>(pieces.Count);
        try
        {
            foreach (var piece in pieces)
                read.Add(await ReadAsync(piece, unpacking, cancellationToken));
            return read;
        }
        finally
        {
            await unpacking.CompleteAsync();
        }
    }

    private static async Task<ReadPiece> ReadAsync(
        PackedPiece piece,
        PipeWriter unpacking,
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
                var room = unpacking.GetMemory(SmallestRead);
                // A read of standard input does not end when it is asked to.
                var count = await stream.ReadAsync(room, cancellationToken).AsTask().WaitAsync(cancellationToken);
                if (count == 0)
                    return new ReadPiece(new SumLine(Digest.Of(hash), piece.Name), length);
                hash.AppendData(room.Span[..count]);
                length += count;
                unpacking.Advance(count);
                await unpacking.FlushAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw new ReleaseException(Message.BundleFileUnreadable(piece.Name, exception.Message), exception);
        }
    }
}

/// <summary>What a piece of an archive was found to be.</summary>
public readonly record struct ReadPiece(SumLine Sum, long Length);
