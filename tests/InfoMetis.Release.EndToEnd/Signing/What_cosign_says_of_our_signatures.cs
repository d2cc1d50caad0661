using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Signing;

/// <summary>Both cosigns that are in use, in a network of their own that leads nowhere.</summary>
public sealed class What_cosign_says_of_our_signatures : IDisposable
{
    private readonly SignedBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [ToolTheory("cosign", "cosign-2", "unshare")]
    [InlineData("cosign")]
    [InlineData("cosign-2")]
    public async Task Is_that_they_verify_as_the_instructions_say(string cosign)
    {
        var finished = await TypeAsync(cosign, _bundle.Sign());

        finished.ExitCode.ShouldBe(0, finished.Error);
        finished.Error.ShouldContain("Verified OK");
    }

    [ToolFact("cosign", "unshare")]
    public async Task Is_that_they_verify_without_an_empty_root_where_it_is_young()
    {
        string[] bundle = ["--bundle", "SHA256SUMS.sigstore.json", "--insecure-ignore-tlog", "SHA256SUMS"];

        var finished = await _bundle.RunAsync(
            "unshare",
            ["-rn", Tools.Require("cosign"), "verify-blob", "--key", _bundle.Sign(), .. bundle]
        );

        finished.ExitCode.ShouldBe(0, finished.Error);
    }

    [ToolTheory("cosign", "cosign-2", "unshare")]
    [InlineData("cosign", "SHA256SUMS")]
    [InlineData("cosign-2", "SHA256SUMS")]
    [InlineData("cosign", "SHA256SUMS.sigstore.json")]
    [InlineData("cosign-2", "SHA256SUMS.sigstore.json")]
    public async Task Is_no_once_a_bit_was_flipped(string cosign, string damaged)
    {
        var key = _bundle.Sign();
        _bundle.Damage(damaged);

        (await TypeAsync(cosign, key)).ExitCode.ShouldNotBe(0);
    }

    [ToolTheory("cosign", "cosign-2", "unshare")]
    [InlineData("cosign")]
    [InlineData("cosign-2")]
    public async Task Is_no_for_the_key_of_somebody_else(string cosign)
    {
        _bundle.Sign();

        (await TypeAsync(cosign, _bundle.Sign("second"))).ExitCode.ShouldNotBe(0);
    }

    private Task<Finished> TypeAsync(string cosign, string key) =>
        _bundle.TypeAsync(
            "sh",
            key,
            [
                "WORK=../",
                $"cosign() {{ unshare -rn '{Tools.Require(cosign)}' \"$@\"; }}",
                .. VerifyText.Commands(VerifyText.IsOfCosign),
            ]
        );
}
