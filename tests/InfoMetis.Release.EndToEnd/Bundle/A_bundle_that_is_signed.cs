using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>What VERIFY.txt in a real bundle tells its reader to type, typed where it lies.</summary>
public sealed class A_bundle_that_is_signed(BundledRelease release) : IClassFixture<BundledRelease>
{
    private const string Indent = "    ";

    private BundleSite Site => release.Site;

    [ToolTheory("docker-registry", "busybox", "zstd", "tar", "openssl", "sha256sum", "cosign", "cosign-2", "unshare")]
    [InlineData("cosign")]
    [InlineData("cosign-2")]
    public async Task Is_verified_by_openssl_and_cosign_as_its_own_page_says(string cosign)
    {
        var typed = await TypeAsync(release.Folder, cosign, Site.PublicKey);

        typed.ExitCode.ShouldBe(0, typed.Error);
        typed.Output.ShouldContain("Verified OK");
        typed.Output.ShouldContain($"{BundleSite.Name}.tar.zst: OK");
        typed.Error.ShouldContain("Verified OK");
    }

    [ToolTheory("docker-registry", "busybox", "zstd", "tar", "openssl", "sha256sum", "cosign", "unshare")]
    [InlineData("inventory.json")]
    [InlineData("SHA256SUMS")]
    [InlineData($"{BundleSite.Name}.tar.zst")]
    public async Task Is_refused_by_them_and_by_imrel_once_a_bit_was_flipped(string damaged)
    {
        var copy = await CopyAsync($"damaged {damaged}");
        var file = Path.Combine(copy, damaged);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        (await TypeAsync(copy, "cosign", Site.PublicKey)).ExitCode.ShouldNotBe(0);
        (await Site.Verify(copy).ToEndAsync()).ExitCode.ShouldBeOneOf(30, 31);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "openssl", "sha256sum", "cosign", "unshare")]
    public async Task May_be_signed_by_a_second_one_and_both_are_asked_for()
    {
        var copy = await CopyAsync("signed twice");
        await Site.MakeKeyAsync("second");
        var second = Site.Scratch.PathOf("second.pub");
        (await Site.Verify(copy, "--key", second, "--require", "2").ToEndAsync()).ExitCode.ShouldBe(31);

        var signed = await Site.Sign(copy, "second").ToEndAsync();
        signed.ExitCode.ShouldBe(0, signed.Error);

        var verified = await Site.Verify(copy, "--key", second, "--require", "2").ToEndAsync();
        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
        (await TypeAsync(copy, "cosign", Site.PublicKey)).ExitCode.ShouldBe(0);
        // The page says how the second signer's key is used: another line.
        var other = await TypeAsync(copy, cosign: null, second, line => line.Replace("1p", "2p"));
        other.ExitCode.ShouldBe(0, other.Error);
        var sigstore = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(copy, "SHA256SUMS.sigstore.json")))!;
        (await File.ReadAllLinesAsync(Path.Combine(copy, "SHA256SUMS.sig")))[0]
            .ShouldBe((string?)sigstore["messageSignature"]!["signature"]);
    }

    /// <param name="cosign">Null where only the commands of openssl and sha256sum are typed.</param>
    private static async Task<Finished> TypeAsync(
        string folder,
        string? cosign,
        string key,
        Func<string, string>? change = null
    )
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(folder, "VERIFY.txt"));
        var lines = page.Where(line => line.StartsWith(Indent, StringComparison.Ordinal))
            .Select(line => line[Indent.Length..])
            .Where(line => !line.StartsWith("KEY=", StringComparison.Ordinal))
            .Where(line => cosign is not null || !line.StartsWith("cosign ", StringComparison.Ordinal))
            .Select(line => change?.Invoke(line) ?? line)
            .ToList();
        lines.Count.ShouldBeGreaterThan(5);
        // In a network that leads nowhere.
        var offline = cosign is null ? "" : $"cosign() {{ unshare -rn '{Tools.Require(cosign)}' \"$@\"; }}";
        return await new Run("sh", "-e", "-c", string.Join('\n', lines.Prepend(offline)))
        {
            Folder = folder,
            Variables = new Dictionary<string, string?> { ["KEY"] = key },
        }.ToEndAsync();
    }

    private async Task<string> CopyAsync(string name)
    {
        var copy = Site.Scratch.PathOf(name);
        (await new Run("cp", "-r", release.Folder, copy).ToEndAsync()).ExitCode.ShouldBe(0);
        return copy;
    }
}
