using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Cli;

public sealed class A_bundle_that_is_signed : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _key;

    public A_bundle_that_is_signed()
    {
        _folder.Write("SHA256SUMS", Encoding.ASCII.GetBytes($"{new string('a', 64)}  install.sh\n"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _key = _folder.Write("plain.pem", Encoding.ASCII.GetBytes(key.ExportECPrivateKeyPem()));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_the_fingerprint_it_was_signed_with()
    {
        var run = Imrel.Run("sign", _folder.Path, "--key", _key);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        using var key = SigningKey.Load(_key, () => "");
        run.Out.ShouldBe(
            $"signed       {_folder.File("SHA256SUMS")}, 1 signature\nfingerprint\n         {key.Public.Fingerprint}\n"
        );
        File.Exists(_folder.File("SHA256SUMS.sigstore.json")).ShouldBeTrue();
    }

    [Fact]
    public void Takes_a_second_signature_by_a_key_of_ours()
    {
        Imrel.Run("sign", _folder.Path, "--key", _key);
        Imrel.Run(_ => "typed", "keygen", "-o", _folder.File("second"));
        var asked = new List<string>();

        var run = Imrel.Run(Ask, "sign", _folder.Path, "--key", _folder.File("second.key"), "--format", "json");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        asked.ShouldBe([$"passphrase of {_folder.File("second.key")}: "]);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("signatures").GetInt32().ShouldBe(2);

        string Ask(string prompt)
        {
            asked.Add(prompt);
            return "typed";
        }
    }

    [Fact]
    public void Stays_unsigned_when_the_passphrase_is_wrong_or_missing()
    {
        Imrel.Run(_ => "typed", "keygen", "-o", _folder.File("own"));
        string[] arguments = ["sign", _folder.Path, "--key", _folder.File("own.key")];

        Imrel.Run(_ => "other", arguments).Error.ShouldContain(Codes.PassphraseWrong);
        Imrel.Run(arguments).Error.ShouldContain(Codes.NoPassphrase);

        File.Exists(_folder.File("SHA256SUMS.sig")).ShouldBeFalse();
    }

    [Fact]
    public void Takes_no_second_signature_by_the_same_key()
    {
        Imrel.Run("sign", _folder.Path, "--key", _key);

        var run = Imrel.Run("sign", _folder.Path, "--key", _key);

        run.ExitCode.ShouldBe(ExitCode.SignatureNotTrusted);
        run.Error.ShouldContain(Codes.SignedAlready);
    }

    [Fact]
    public void Needs_a_key() => Imrel.Run("sign", _folder.Path).ExitCode.ShouldBe(ExitCode.Usage);
}
