using System.Buffers;
using InfoMetis.Release.Oci;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Store;

/// <summary>Hashes files in pieces of a pooled buffer.</summary>
internal static class BlobHash
{
    /// <summary>As large as a processor's own cache holds, so that a piece is hashed and written while it is warm.</summary>
    public const int PieceSize = 256 << 10;

    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.SequentialScan
        );

    /// <summary>Feeds what a file holds, up to a length, to whoever wants it.</summary>
    public static void Feed(
        SafeFileHandle file,
        long length,
        Action<ReadOnlySpan<byte>> take,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (long offset = 0; offset < length; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(PieceSize, length - offset));
                var read = RandomAccess.Read(file, piece, offset);
                if (read == 0)
                    throw new EndOfStreamException("it shrank while it was read");
                take(piece[..read]);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static Digest Of(string path, CancellationToken cancellationToken)
    {
        using var file = Open(path);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(
            System.Security.Cryptography.HashAlgorithmName.SHA256
        );
        Feed(file, RandomAccess.GetLength(file), hash.AppendData, cancellationToken);
        return Digest.Of(hash);
    }
}
