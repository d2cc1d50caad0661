using System.Security.Cryptography;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Oci;

/// <summary>
/// Holds what arrives against its descriptor, whatever pieces it arrives in: never a byte more than declared, and at the
/// last byte the right digest.
/// </summary>
public sealed class ContentCheck(Descriptor expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Received { get; private set; }

    public long Remaining => expected.Size - Received;

    /// <summary>Takes the next piece in, or throws because it is too long.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > Remaining)
            throw new ReleaseException(Message.ContentTooLong(expected.Digest.ToString(), expected.Size));
        _hash.AppendData(piece);
        Received += piece.Length;
    }

    /// <summary>Says that nothing more comes; throws unless exactly the expected content has come.</summary>
    public void Finish()
    {
        if (Remaining > 0)
            throw new ReleaseException(Message.ContentShort(expected.Digest.ToString(), Received, expected.Size));
        var found = Digest.Of(_hash);
        if (found != expected.Digest)
            throw new ReleaseException(
                Message.ContentWrongDigest(expected.Digest.ToString(), found.ToString(), Received)
            );
    }

    /// <summary>Forgets all that came.</summary>
    public void Restart()
    {
        _hash.GetHashAndReset();
        Received = 0;
    }

    public void Dispose() => _hash.Dispose();
}
