using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Signing;

public sealed class What_openssl_says_of_our_signatures : IDisposable
{
    private readonly SignedBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [ToolFact("openssl")]
    public async Task Is_that_the_first_line_verifies_once_base64_is_undone()
    {
        var key = _bundle.Sign();
        _bundle.Sign("second");

        (await VerifyAsync(key, line: 0)).ShouldBe(0);
    }

    [ToolFact("openssl")]
    public async Task Is_that_the_second_line_is_of_the_second_signer()
    {
        var first = _bundle.Sign();
        var second = _bundle.Sign("second");

        (await VerifyAsync(second, line: 1)).ShouldBe(0);
        (await VerifyAsync(first, line: 1)).ShouldNotBe(0);
    }

    [ToolFact("openssl")]
    public async Task Is_no_once_the_list_was_changed()
    {
        var key = _bundle.Sign();
        _bundle.Damage("SHA256SUMS");

        (await VerifyAsync(key, line: 0)).ShouldNotBe(0);
    }

    [ToolFact("openssl")]
    public async Task Is_that_our_keys_open_with_their_passphrase_only()
    {
        _bundle.Sign();
        var key = _bundle.Scratch.PathOf("release.key");

        (await _bundle.RunAsync("openssl", "pkey", "-in", key, "-passin", "pass:release", "-noout")).ExitCode.ShouldBe(
            0
        );
        (await _bundle.RunAsync("openssl", "pkey", "-in", key, "-passin", "pass:other", "-noout")).ExitCode.ShouldNotBe(
            0
        );
        var form = await _bundle.RunAsync("openssl", "asn1parse", "-in", key);
        foreach (var expected in new[] { "PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", ":0927C0" })
            form.Output.ShouldContain(expected);
    }

    [ToolFact("openssl", "sha256sum")]
    public async Task Is_the_fingerprint_that_we_print()
    {
        var key = _bundle.Sign();

        var said = await _bundle.TypeAsync("sh", key, ["openssl pkey -pubin -in \"$KEY\" -outform DER | sha256sum"]);

        said.Output.ShouldStartWith(InfoMetis.Release.Signing.PublicKey.Load(key).Fingerprint.Hex);
    }

    private async Task<int> VerifyAsync(string key, int line)
    {
        var signature = _bundle.Scratch.PathOf("signature");
        var lines = await File.ReadAllLinesAsync($"{_bundle.Sums}.sig");
        await File.WriteAllBytesAsync(signature, Convert.FromBase64String(lines[line]));
        var finished = await _bundle.RunAsync(
            "openssl",
            ["dgst", "-sha256", "-verify", key, "-signature", signature, "SHA256SUMS"]
        );
        finished.Output.Contains("Verified OK", StringComparison.Ordinal).ShouldBe(finished.ExitCode == 0);
        return finished.ExitCode;
    }
}
