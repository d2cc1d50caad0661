using System.Security.Cryptography;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>A key that signs: ECDSA on the curve P-256, with SHA-256.</summary>
public sealed class SigningKey : IDisposable
{
    public const string PrivateEnding = ".key";
    public const string PublicEnding = ".pub";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // What openssl 1.1.1 and later read; the count is what OWASP asks for, and takes a tenth of a second.
    private static readonly PbeParameters Encryption = new(
        PbeEncryptionAlgorithm.Aes256Cbc,
        HashAlgorithmName.SHA256,
        iterationCount: 600_000
    );

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = new PublicKey(key);
    }

    public PublicKey Public { get; }

    public static SigningKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key of ours, or one that openssl made.</summary>
    /// <param name="passphrase">Asked only when the key is encrypted.</param>
    /// <exception cref="ReleaseException">It cannot be read, is another kind of key, or the passphrase is wrong.</exception>
    public static SigningKey Load(string path, Func<string> passphrase)
    {
        var file = KeyFile.Read(path);
        return file.Label switch
        {
            "EC PRIVATE KEY" => Import(file, file.Der, KeyKind.OfSec1, key => key.ImportECPrivateKey),
            "PRIVATE KEY" => Import(file, file.Der, KeyKind.OfPkcs8, key => key.ImportPkcs8PrivateKey),
            "ENCRYPTED PRIVATE KEY" => Import(
                file,
                EncryptedKey.Decrypt(file, passphrase),
                KeyKind.OfPkcs8,
                key => key.ImportPkcs8PrivateKey
            ),
            PublicKey.Label => throw file.Refused("it is a public key, and the private one is needed to sign"),
            "RSA PRIVATE KEY" => throw file.Refused("it is an RSA key, and ECDSA on the curve P-256 is expected"),
            var other => throw file.Refused($"it holds a block '{other}', and 'PRIVATE KEY' is expected"),
        };
    }

    /// <returns>The signature as DER.</returns>
    public byte[] Sign(ReadOnlySpan<byte> content) =>
        _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Writes NAME.key, encrypted and for its owner only, and NAME.pub: both or neither.</summary>
    /// <exception cref="ReleaseException">One of them is there already, or cannot be written.</exception>
    public void Write(string name, string passphrase) =>
        NewFile.CreateAll([
            new NewFile(name + PrivateEnding, Ascii(EncryptedPem(passphrase)), OwnerOnly),
            new NewFile(name + PublicEnding, Ascii(Public.Pem), Everybody),
        ]);

    /// <summary>As <see cref="Write"/> does, but before anybody is asked for a passphrase.</summary>
    /// <exception cref="ReleaseException">One of the files is there already.</exception>
    public static void RefuseToOverwrite(string name)
    {
        NewFile.RefuseToOverwrite(name + PrivateEnding);
        NewFile.RefuseToOverwrite(name + PublicEnding);
    }

    public void Dispose() => _key.Dispose();

    private string EncryptedPem(string passphrase) =>
        _key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption) + '\n';

    private static byte[] Ascii(string pem) => System.Text.Encoding.ASCII.GetBytes(pem);

    private static SigningKey Import(KeyFile file, byte[] der, Func<byte[], string?> kind, Func<ECDsa, Importer> import)
    {
        if (kind(der) is { } other)
            throw file.Refused($"it is {other}, and ECDSA on the curve P-256 is expected");
        var key = ECDsa.Create();
        try
        {
            import(key)(der, out _);
            return new SigningKey(key);
        }
        catch (CryptographicException exception)
        {
            key.Dispose();
            throw new ReleaseException(file.Refused("it is damaged").Findings, exception);
        }
    }

    private delegate void Importer(ReadOnlySpan<byte> der, out int read);
}
