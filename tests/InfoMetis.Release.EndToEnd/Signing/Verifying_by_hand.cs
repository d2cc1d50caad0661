using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Signing;

public sealed class Verifying_by_hand : IDisposable
{
    private readonly SignedBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [ToolTheory("openssl", "sha256sum", "dash", "busybox", "bash")]
    [InlineData("dash")]
    [InlineData("busybox")]
    [InlineData("bash")]
    public async Task Finds_a_sound_bundle_sound(string shell)
    {
        var finished = await TypeAsync(shell, _bundle.Sign());

        finished.ExitCode.ShouldBe(0, finished.Error);
        finished.Output.ShouldContain("Verified OK");
        finished.Output.ShouldContain("demo.tar.zst.part02of02: OK");
    }

    [ToolTheory("openssl", "sha256sum")]
    [InlineData("SHA256SUMS")]
    [InlineData("SHA256SUMS.sig")]
    [InlineData("install.sh")]
    [InlineData("demo.tar.zst.part02of02")]
    public async Task Finds_one_flipped_bit(string damaged)
    {
        var key = _bundle.Sign();
        _bundle.Damage(damaged);

        (await TypeAsync("sh", key)).ExitCode.ShouldNotBe(0);
    }

    [ToolFact("openssl", "sha256sum")]
    public async Task Finds_a_file_that_is_missing_and_one_too_many()
    {
        var key = _bundle.Sign();
        _bundle.Scratch.Write("demo/extra.sh", "");
        var finished = await TypeAsync("sh", key);
        finished.ExitCode.ShouldNotBe(0);
        finished.Output.ShouldContain("not listed: extra.sh");

        File.Delete(_bundle.Scratch.PathOf("demo", "extra.sh"));
        File.Delete(_bundle.Scratch.PathOf("demo", "inventory.json"));
        (await TypeAsync("sh", key)).ExitCode.ShouldNotBe(0);
    }

    [ToolFact("openssl")]
    public async Task Finds_another_signer()
    {
        _bundle.Sign();
        using var other = InfoMetis.Release.Signing.SigningKey.Generate();
        other.Write(_bundle.Scratch.PathOf("other"), "other");

        (await TypeAsync("sh", _bundle.Scratch.PathOf("other.pub"))).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public void Is_told_the_same_way_in_the_bundle_and_in_the_documentation() =>
        VerifyText
            .Commands(_ => true)
            .Where(line => !VerifyText.Page.Contains(line, StringComparison.Ordinal))
            .ShouldBeEmpty();

    private Task<Finished> TypeAsync(string shell, string key) =>
        _bundle.TypeAsync(shell, key, VerifyText.Commands(VerifyText.IsOfOpenssl));
}
