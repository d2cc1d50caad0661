using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.EndToEnd.Signing;

public sealed class Keys_that_openssl_made : IDisposable
{
    private const string Passphrase = "Pferdestärke";
    private const string Curve = "ec_paramgen_curve:P-256";
    private const string FromPlain = "-in plain.pem -out key.pem";

    private readonly SignedBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [ToolTheory("openssl")]
    [InlineData("ecparam -name prime256v1 -genkey -out key.pem")]
    [InlineData("ecparam -name prime256v1 -genkey -noout -out key.pem")]
    [InlineData($"genpkey -algorithm EC -pkeyopt {Curve} -out key.pem")]
    [InlineData($"genpkey -algorithm EC -pkeyopt {Curve} -aes256 -pass pass:{Passphrase} -out key.pem")]
    [InlineData($"genpkey -algorithm EC -pkeyopt {Curve} -aes-128-cbc -pass pass:{Passphrase} -out key.pem")]
    [InlineData($"pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -passout pass:{Passphrase} {FromPlain}")]
    [InlineData($"pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA1 -iter 2048 -passout pass:{Passphrase} {FromPlain}")]
    public async Task Sign_and_both_sides_verify(string making)
    {
        await MakeAsync(making);
        await _bundle.OpensslAsync(
            "pkey",
            "-in",
            "key.pem",
            "-passin",
            $"pass:{Passphrase}",
            "-pubout",
            "-out",
            "key.pub"
        );

        using var key = SigningKey.Load(_bundle.Scratch.PathOf("key.pem"), () => Passphrase);
        SignedFolder.Sign(_bundle.Folder, key);

        var trusted = _bundle.Scratch.PathOf("key.pub");
        var verdict = _bundle.Check(trusted);
        verdict.Findings.ShouldBeEmpty();
        verdict.SignedBy.ShouldBe([key.Public.Fingerprint]);
        var lines = await _bundle.TypeAsync("sh", trusted, VerifyText.Commands(VerifyText.IsOfOpenssl));
        lines.ExitCode.ShouldBe(0, lines.Error);
    }

    [ToolFact("openssl")]
    public async Task Sign_without_us_and_we_verify()
    {
        await MakeAsync("ecparam -name prime256v1 -genkey -noout -out key.pem");
        await _bundle.OpensslAsync("pkey", "-in", "key.pem", "-pubout", "-out", "key.pub");

        string[] lines =
        [
            "openssl dgst -sha256 -sign ../key.pem SHA256SUMS | openssl base64 -A >SHA256SUMS.sig",
            "echo >>SHA256SUMS.sig",
        ];
        (await _bundle.TypeAsync("sh", "", lines)).ExitCode.ShouldBe(0);

        _bundle.Check(_bundle.Scratch.PathOf("key.pub")).Findings.ShouldBeEmpty();
        _bundle.Damage("SHA256SUMS");
        _bundle
            .Check(_bundle.Scratch.PathOf("key.pub"))
            .Findings.ShouldHaveSingleItem()
            .Code.ShouldBe(Codes.SignatureWrong);
    }

    [ToolTheory("openssl")]
    [InlineData("genpkey -algorithm RSA -out key.pem", "an RSA key")]
    [InlineData("genrsa -traditional -out key.pem", "an RSA key")]
    [InlineData($"genpkey -algorithm RSA -aes256 -pass pass:{Passphrase} -out key.pem", "an RSA key")]
    [InlineData("genpkey -algorithm ed25519 -out key.pem", "an Ed25519 key")]
    [InlineData($"genpkey -algorithm ed25519 -aes256 -pass pass:{Passphrase} -out key.pem", "an Ed25519 key")]
    [InlineData("genpkey -algorithm ed448 -out key.pem", "an Ed448 key")]
    [InlineData("genpkey -algorithm x25519 -out key.pem", "a key for key exchange")]
    [InlineData("ecparam -name secp384r1 -genkey -out key.pem", "P-384")]
    [InlineData("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem", "P-521")]
    [InlineData("ecparam -name secp256k1 -genkey -noout -out key.pem", "secp256k1")]
    [InlineData("ecparam -name prime256v1 -genkey -param_enc explicit -out key.pem", "describes its curve")]
    [InlineData($"ec -aes256 -passout pass:{Passphrase} {FromPlain}", "given up")]
    [InlineData($"pkcs8 -topk8 -scrypt -passout pass:{Passphrase} {FromPlain}", "PBKDF2")]
    [InlineData($"pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:{Passphrase} {FromPlain}", "PKCS#12")]
    [InlineData($"pkcs8 -topk8 -v2 des3 -passout pass:{Passphrase} {FromPlain}", "AES in CBC mode")]
    [InlineData("pkey -pubout -in plain.pem -out key.pem", "it is a public key")]
    [InlineData("req -x509 -new -subj /CN=x -key plain.pem -out key.pem", "CERTIFICATE")]
    public async Task Are_refused_with_the_reason_where_they_are_of_another_kind(string making, string reason)
    {
        await MakeAsync(making);

        var refusal = Should.Throw<ReleaseException>(() =>
            SigningKey.Load(_bundle.Scratch.PathOf("key.pem"), () => Passphrase)
        );

        refusal.Finding.Code.ShouldBe(Codes.KeyRefused);
        refusal.Finding.Fact.ShouldContain(reason);
    }

    [ToolTheory("openssl")]
    [InlineData("genpkey -algorithm RSA -out plain.pem", "an RSA key")]
    [InlineData("genpkey -algorithm ed25519 -out plain.pem", "an Ed25519 key")]
    [InlineData("ecparam -name secp384r1 -genkey -out plain.pem", "P-384")]
    [InlineData("ecparam -name secp256k1 -genkey -out plain.pem", "secp256k1")]
    public async Task Are_not_trusted_where_they_are_of_another_kind(string making, string reason)
    {
        await _bundle.OpensslAsync(making.Split(' '));
        await _bundle.OpensslAsync("pkey", "-in", "plain.pem", "-pubout", "-out", "key.pub");

        Refused(reason);
    }

    [ToolFact("openssl")]
    public async Task Are_not_trusted_where_the_point_is_compressed_or_the_key_is_private()
    {
        await MakeAsync("ec -in plain.pem -pubout -conv_form compressed -out key.pub");
        Refused("compressed");

        await _bundle.OpensslAsync("pkey", "-in", "plain.pem", "-out", "key.pub");
        Refused("it is a private key");
    }

    private void Refused(string reason)
    {
        var refusal = Should.Throw<ReleaseException>(() => PublicKey.Load(_bundle.Scratch.PathOf("key.pub")));
        refusal.Finding.Code.ShouldBe(Codes.KeyRefused);
        refusal.Finding.Fact.ShouldContain(reason);
    }

    private async Task MakeAsync(string making)
    {
        await _bundle.OpensslAsync("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "plain.pem");
        await _bundle.OpensslAsync(making.Split(' '));
    }
}
