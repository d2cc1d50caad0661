using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Signing;

/// <summary>
/// Decrypts a private key in PKCS#8 (PBES2 of RFC 8018). The runtime can do this too, but does not tell a wrong
/// passphrase from a key of another kind, nor either from a cipher it does not know.
/// </summary>
internal static class EncryptedKey
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const int MostIterations = 10_000_000;

    /// <exception cref="ReleaseException">The passphrase is wrong, or the key is encrypted in another way.</exception>
    public static byte[] Decrypt(KeyFile file, Func<string> passphrase)
    {
        var (derivation, cipher, content) = Read(file);
        // Only now: nobody should be asked for the passphrase of a key that cannot be used.
        using var aes = Aes.Create();
        aes.Key = derivation.Derive(passphrase(), cipher.KeyLength);
        try
        {
            var key = aes.DecryptCbc(content, cipher.InitialVector);
            // One wrong passphrase in 256 leaves what looks like padding.
            return
                AsnDecoder.TryReadEncodedValue(key, AsnEncodingRules.DER, out _, out _, out _, out var length)
                && length == key.Length
                ? key
                : throw new ReleaseException(Message.PassphraseWrong(file.Path));
        }
        catch (CryptographicException exception)
        {
            throw new ReleaseException(Message.PassphraseWrong(file.Path), exception);
        }
    }

    private static (Derivation, Cipher, byte[] Content) Read(KeyFile file)
    {
        try
        {
            var info = new AsnReader(file.Der, AsnEncodingRules.DER).ReadSequence();
            var algorithm = info.ReadSequence();
            Require(
                file,
                algorithm.ReadObjectIdentifier(),
                Pbes2,
                "it is encrypted in the way of PKCS#5 1.5 or PKCS#12"
            );
            var parameters = algorithm.ReadSequence();
            return (
                ReadDerivation(file, parameters.ReadSequence()),
                ReadCipher(file, parameters.ReadSequence()),
                info.ReadOctetString()
            );
        }
        catch (AsnContentException exception)
        {
            throw new ReleaseException(file.Refused("it is damaged").Findings, exception);
        }
    }

    private static Derivation ReadDerivation(KeyFile file, AsnReader derivation)
    {
        Require(file, derivation.ReadObjectIdentifier(), Pbkdf2, "its passphrase is not stretched by PBKDF2");
        var parameters = derivation.ReadSequence();
        var salt = parameters.ReadOctetString();
        if (!parameters.TryReadInt32(out var iterations) || iterations is < 1 or > MostIterations)
            throw file.Refused("its passphrase is stretched more often than is waited for");
        if (parameters.HasData && parameters.PeekTag() == Asn1Tag.Integer)
            parameters.ReadInteger();
        var hash = parameters.HasData ? parameters.ReadSequence().ReadObjectIdentifier() : "";
        return new Derivation(
            salt,
            iterations,
            HashOf(hash) ?? throw file.Refused($"its passphrase is stretched with {hash}")
        );
    }

    private static HashAlgorithmName? HashOf(string identifier) =>
        identifier switch
        {
            "" or "1.2.840.113549.2.7" => HashAlgorithmName.SHA1,
            "1.2.840.113549.2.9" => HashAlgorithmName.SHA256,
            "1.2.840.113549.2.10" => HashAlgorithmName.SHA384,
            "1.2.840.113549.2.11" => HashAlgorithmName.SHA512,
            _ => null,
        };

    private static Cipher ReadCipher(KeyFile file, AsnReader cipher)
    {
        var identifier = cipher.ReadObjectIdentifier();
        var keyLength = identifier switch
        {
            "2.16.840.1.101.3.4.1.2" => 16,
            "2.16.840.1.101.3.4.1.22" => 24,
            "2.16.840.1.101.3.4.1.42" => 32,
            _ => throw file.Refused($"it is encrypted with {identifier}, and AES in CBC mode is expected"),
        };
        var vector = cipher.ReadOctetString();
        return vector.Length == 16 ? new Cipher(keyLength, vector) : throw file.Refused("it is damaged");
    }

    private static void Require(KeyFile file, string found, string expected, string reason)
    {
        if (found != expected)
            throw file.Refused(reason);
    }

    private sealed record Derivation(byte[] Salt, int Iterations, HashAlgorithmName Hash)
    {
        public byte[] Derive(string passphrase, int length) =>
            Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), Salt, Iterations, Hash, length);
    }

    private sealed record Cipher(int KeyLength, byte[] InitialVector);
}
