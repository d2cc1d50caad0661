using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>A key that verifies: ECDSA on the curve P-256, never another. Two of one fingerprint are the same key.</summary>
public sealed class PublicKey
{
    internal const string Label = "PUBLIC KEY";

    private readonly byte[] _info;

    internal PublicKey(ECDsa key)
    {
        _info = key.ExportSubjectPublicKeyInfo();
        Fingerprint = Digest.Of(_info);
    }

    /// <summary>The SHA-256 of the key's DER (SubjectPublicKeyInfo), as openssl writes it.</summary>
    public Digest Fingerprint { get; }

    /// <summary>As text, in PEM.</summary>
    public string Pem => PemEncoding.WriteString(Label, _info) + '\n';

    /// <exception cref="ReleaseException">It cannot be read, or is another kind of key.</exception>
    public static PublicKey Load(string path)
    {
        var file = KeyFile.Read(path);
        if (file.Label is not Label)
            throw file.Refused(
                file.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)
                    ? "it is a private key, and nobody but its owner should have that; a public key is expected"
                    : $"it holds a block '{file.Label}', and '{Label}' is expected"
            );
        if (KeyKind.OfPublic(file.Der) is { } kind)
            throw file.Refused($"it is {kind}, and ECDSA on the curve P-256 is expected");
        return TryImport(file.Der, out var key)
            ? key
            : throw file.Refused("its point is not on the curve, or is written compressed");
    }

    /// <summary>Whether this key's owner signed exactly that content.</summary>
    /// <param name="signature">DER, as openssl writes it.</param>
    public bool Verifies(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_info, out _);
        return key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool TryImport(byte[] der, [NotNullWhen(true)] out PublicKey? key)
    {
        using var imported = ECDsa.Create();
        try
        {
            imported.ImportSubjectPublicKeyInfo(der, out _);
            key = new PublicKey(imported);
            // One key, one form: otherwise the file would have another fingerprint by openssl than by us.
            if (!key._info.AsSpan().SequenceEqual(der))
                key = null;
        }
        catch (CryptographicException)
        {
            key = null;
        }
        return key is not null;
    }
}
