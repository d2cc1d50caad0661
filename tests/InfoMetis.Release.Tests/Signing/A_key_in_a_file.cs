using System.Security.Cryptography;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

public sealed class A_key_in_a_file : IDisposable
{
    private const string Passphrase = "correct horse, Pferdestärke";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_the_same_after_it_was_written_and_read()
    {
        Sample.Own.Write(_folder.File("release"), Passphrase);

        using var key = SigningKey.Load(_folder.File("release.key"), () => Passphrase);

        key.Public.Fingerprint.ShouldBe(Sample.Own.Public.Fingerprint);
        PublicKey.Load(_folder.File("release.pub")).Verifies(Sample.Sums, key.Sign(Sample.Sums)).ShouldBeTrue();
    }

    [Fact]
    public void Is_for_its_owner_only_and_its_public_half_for_everybody()
    {
        Sample.Own.Write(_folder.File("release"), Passphrase);

        File.GetUnixFileMode(_folder.File("release.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_folder.File("release.pub")).HasFlag(UnixFileMode.GroupRead).ShouldBeTrue();
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("release.key")]
    [InlineData("release.pub")]
    public void Is_never_overwritten(string existing)
    {
        Sample.Write(_folder, existing, "precious");

        Sample.Refusal(() => Sample.Own.Write(_folder.File("release"), Passphrase)).Code.ShouldBe(Codes.FileExists);

        File.ReadAllText(_folder.File(existing)).ShouldBe("precious");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void Leaves_nothing_behind_where_it_cannot_be_written()
    {
        Sample
            .Refusal(() => Sample.Own.Write(_folder.File("absent/release"), Passphrase))
            .Code.ShouldStartWith("IMR60");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Stays_closed_to_a_wrong_passphrase()
    {
        Sample.Own.Write(_folder.File("release"), Passphrase);

        Sample
            .Refusal(() => SigningKey.Load(_folder.File("release.key"), () => "wrong"))
            .Code.ShouldBe(Codes.PassphraseWrong);
    }

    [Fact]
    public void Has_the_fingerprint_that_is_the_digest_of_its_DER()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = PublicKey.Load(Sample.Write(_folder, "k.pub", made.ExportSubjectPublicKeyInfoPem()));

        key.Fingerprint.Hex.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(made.ExportSubjectPublicKeyInfo())));
        key.Pem.TrimEnd().ShouldBe(made.ExportSubjectPublicKeyInfoPem());
    }

    public static TheoryData<string, string, string> OtherKinds()
    {
        using var rsa = RSA.Create(2048);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var bitcoin = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        const string Edwards = "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";
        return new TheoryData<string, string, string>
        {
            { "an RSA key", rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem() },
            { "an RSA key", rsa.ExportRSAPrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem() },
            { "P-384", larger.ExportECPrivateKeyPem(), larger.ExportSubjectPublicKeyInfoPem() },
            { "secp256k1", bitcoin.ExportPkcs8PrivateKeyPem(), bitcoin.ExportSubjectPublicKeyInfoPem() },
            {
                "an Ed25519 key",
                PemEncoding.WriteString("PRIVATE KEY", Convert.FromBase64String(Edwards)),
                PemEncoding.WriteString(
                    "PUBLIC KEY",
                    Convert.FromBase64String("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
                )
            },
        };
    }

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public void Is_refused_by_name_when_it_is_of_another_kind(string kind, string privatePem, string publicPem)
    {
        foreach (var refusal in new[] { OfPrivate(privatePem), OfPublic(publicPem) })
        {
            refusal.Code.ShouldBe(Codes.KeyRefused);
            refusal.Fact.ShouldContain(kind);
        }
    }

    [Fact]
    public void Is_refused_by_name_when_it_is_of_another_kind_and_encrypted()
    {
        using var rsa = RSA.Create(2048);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA512, 10);

        OfPrivate(rsa.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, encryption)).Fact.ShouldContain("an RSA key");
    }

    [Fact]
    public void Is_refused_when_the_other_half_is_needed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        OfPrivate(key.ExportSubjectPublicKeyInfoPem()).Fact.ShouldContain("it is a public key");
        OfPublic(key.ExportPkcs8PrivateKeyPem()).Fact.ShouldContain("it is a private key");
        OfPublic(key.ExportECPrivateKeyPem()).Fact.ShouldContain("it is a private key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key at all\n")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")]
    public void Is_refused_when_it_is_damaged(string pem)
    {
        OfPrivate(pem).Code.ShouldBe(Codes.KeyRefused);
        OfPublic(pem).Code.ShouldBe(Codes.KeyRefused);
    }

    [Fact]
    public void Is_refused_when_it_is_not_alone()
    {
        var two = Sample.Own.Public.Pem + Sample.Other.Public.Pem;

        OfPublic(two).Fact.ShouldContain("more than one key");
    }

    [Fact]
    public void Is_unreadable_when_it_is_not_there() =>
        Sample.Refusal(() => PublicKey.Load(_folder.File("absent"))).Code.ShouldBe(Codes.KeyUnreadable);

    [Fact]
    public void Is_unreadable_when_it_is_far_too_large() =>
        Sample
            .Refusal(() => PublicKey.Load(_folder.Write("large", new byte[100_000])))
            .Code.ShouldBe(Codes.KeyUnreadable);

    [Fact]
    public void Is_refused_once_a_bit_of_it_was_flipped()
    {
        var pem = Sample.Own.Public.Pem;
        var content = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            var changed = content.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            OfPublic(PemEncoding.WriteString("PUBLIC KEY", changed)).Code.ShouldBe(Codes.KeyRefused, $"bit {bit}");
        }
    }

    private Finding OfPrivate(string pem) =>
        Sample.Refusal(() => SigningKey.Load(Sample.Write(_folder, "k.pem", pem), () => Passphrase));

    private Finding OfPublic(string pem) => Sample.Refusal(() => PublicKey.Load(Sample.Write(_folder, "k.pub", pem)));
}
