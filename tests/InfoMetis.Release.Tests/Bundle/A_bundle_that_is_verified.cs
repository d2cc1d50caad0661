using System.Security.Cryptography;
using System.Text.Json;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Cli;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Signing;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class A_bundle_that_is_verified : IDisposable
{
    private readonly SampleRelease _release = new();

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void Is_sound_as_it_was_made(string compression)
    {
        var run = Verify(Bundle("--compression", compression), "--allow-unsigned");
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out + run.Error);
        run.Out.ShouldContain("infometis 0.5.0 for linux/amd64: sound");
        run.Out.ShouldContain("24 images, each complete under every form of its name");
    }

    [Fact]
    public void Is_not_signed_by_being_whole()
    {
        var run = Verify(Bundle());
        run.ExitCode.ShouldBe(ExitCode.SignatureNotTrusted, run.Out);
        run.Out.ShouldContain("do not use it");
    }

    [Fact]
    public void Is_signed_by_whom_the_verifier_trusts()
    {
        var bundle = Bundle();
        var (mine, other) = (Key("mine"), Key("other"));
        var signed = Imrel.Run("sign", bundle, "--key", mine);
        signed.ExitCode.ShouldBe(ExitCode.Sound, signed.Error);
        var run = Verify(bundle, "--key", PublicOf(mine));
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out + run.Error);
        run.Out.ShouldContain("signature  signed by\n         sha256:");
        Verify(bundle, "--key", PublicOf(other)).ExitCode.ShouldBe(ExitCode.SignatureNotTrusted);
        Verify(bundle, "--key", PublicOf(mine), "--key", PublicOf(other), "--require", "2")
            .ExitCode.ShouldBe(ExitCode.SignatureNotTrusted);
        Imrel.Run("sign", bundle, "--key", other).ExitCode.ShouldBe(ExitCode.Sound);
        Verify(bundle, "--key", PublicOf(mine), "--key", PublicOf(other), "--require", "2")
            .ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Names_the_part_to_copy_again_and_no_other()
    {
        var bundle = Bundle("--compression", "none", "--part-size", "100000");
        var part = Directory.GetFiles(bundle, "*.part02of*").ShouldHaveSingleItem();
        Flip(part, 5000);
        var run = Verify(bundle, "--allow-unsigned");
        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain($"copy only these again: {Path.GetFileName(part)}\n");
        File.Delete(part);
        Verify(bundle, "--allow-unsigned").Out.ShouldContain($"copy only these again: {Path.GetFileName(part)}\n");
    }

    [Fact]
    public void Is_looked_at_part_by_part_in_any_order()
    {
        var bundle = Bundle("--compression", "none", "--part-size", "100000");
        var parts = Directory.GetFiles(bundle, "*.part*").Order(StringComparer.Ordinal).ToArray();
        parts.Length.ShouldBeGreaterThan(2);
        Verify([.. parts.Reverse(), "--allow-unsigned"]).ExitCode.ShouldBe(ExitCode.Sound);
        var some = Verify(parts[2], parts[0], "--allow-unsigned");
        some.ExitCode.ShouldBe(ExitCode.Integrity);
        some.Out.ShouldContain($"{Path.GetFileName(parts[1])}");
        some.Out.ShouldContain("not looked at");
    }

    [Fact]
    public void Is_refused_for_a_file_too_many_or_too_few()
    {
        var bundle = Bundle();
        File.WriteAllText(Path.Combine(bundle, "notes.sh"), "echo");
        CodesOf(bundle).ShouldContain(Codes.BundleFileSurplus);
        File.Delete(Path.Combine(bundle, "notes.sh"));
        File.Delete(Path.Combine(bundle, "inventory.json"));
        CodesOf(bundle).ShouldContain(Codes.BundleFileMissing);
    }

    [Fact]
    public void Is_read_from_standard_input()
    {
        var bundle = Bundle();
        var archive = File.ReadAllBytes(Directory.GetFiles(bundle, "*.tar.zst").ShouldHaveSingleItem());
        VerifyStream(archive, "--allow-unsigned").ShouldBe(ExitCode.Sound);
        VerifyStream(archive).ShouldBe(ExitCode.SignatureNotTrusted);
        VerifyStream([], "--allow-unsigned").ShouldBe(ExitCode.Integrity);
    }

    [Fact]
    public void Is_told_to_programs()
    {
        var bundle = Bundle();
        var report = _release.PathOf("report.json");
        var run = Verify(bundle, "--allow-unsigned", "--format", "json", "--report", report);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("apiVersion").GetString().ShouldBe("infometis.io/verify/v1");
        json.RootElement.GetProperty("sound").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("images").GetInt32().ShouldBe(24);
        json.RootElement.GetProperty("steps").GetProperty("content").GetString().ShouldBe("holds");
        File.ReadAllText(report).ShouldContain("infometis.io/verify/v1");
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("-", "other")]
    public void Is_not_looked_for_where_the_command_line_makes_no_sense(params string[] words) =>
        Verify(words).ExitCode.ShouldBe(ExitCode.Usage);

    public void Dispose() => _release.Dispose();

    /// <summary>A bundle with its list of hashes.</summary>
    private string Bundle(params string[] more)
    {
        var bundle = _release.Bundle("out", ["--allow-unsigned", .. more]);
        var sums = Path.Combine(bundle, BundleNames.Sums);
        var lines = Directory
            .GetFiles(bundle)
            .Where(file => file != sums)
            .Select(file => new Checksum(Digest.Of(File.ReadAllBytes(file)), Path.GetFileName(file)));
        File.WriteAllText(sums, ChecksumList.Of(lines).ToString());
        return bundle;
    }

    /// <summary>A key as openssl makes them, without a passphrase.</summary>
    private string Key(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_release.PathOf($"{name}.pub"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        var path = _release.PathOf($"{name}.pem");
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static string PublicOf(string key) => Path.ChangeExtension(key, ".pub");

    private static Imrel Verify(params string[] words) => Imrel.Run(["verify", .. words]);

    private static List<string> CodesOf(string bundle)
    {
        using var json = JsonDocument.Parse(Verify(bundle, "--allow-unsigned", "--format", "json").Out);
        return
        [
            .. json
                .RootElement.GetProperty("findings")
                .EnumerateArray()
                .Select(finding => finding.GetProperty("code").GetString()!),
        ];
    }

    private static void Flip(string file, int at)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static ExitCode VerifyStream(byte[] archive, params string[] more)
    {
        using var output = new StringWriter();
        var terminal = new Terminal
        {
            In = () => new MemoryStream(archive),
            Out = output,
            Error = output,
            OutBytes = Stream.Null,
            IsOutTerminal = false,
            OutPalette = Palette.None,
            ErrorPalette = Palette.None,
            IsErrorTerminal = false,
            AskSecret = _ => null,
            Clock = TimeProvider.System,
            Environment = new Dictionary<string, string>(),
        };
        return CommandLine.Run(["verify", "-", .. more], terminal, prepared: null);
    }
}
