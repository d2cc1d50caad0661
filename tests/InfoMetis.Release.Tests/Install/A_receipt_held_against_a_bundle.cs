using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;
using InfoMetis.Release.Tests.Bundle;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Install;

public sealed class A_receipt_held_against_a_bundle(A_receipt_held_against_a_bundle.Signed signed)
    : IClassFixture<A_receipt_held_against_a_bundle.Signed>,
        IDisposable
{
    private const string Other = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_proof_that_it_is_there()
    {
        var run = Check(Receipt());

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out + run.Error);
        run.Out.ShouldContain("infometis 0.5.0 for linux/amd64: sound");
        run.Out.ShouldContain("bundle     the one that is here\n");
        run.Out.ShouldContain(
            "infometis 0.5.0 for linux/amd64 on edge-7: proved by its receipt (0 errors, 0 warnings)"
        );
    }

    [Fact]
    public void Is_told_to_programs()
    {
        using var json = JsonDocument.Parse(Check(Receipt(), "--format", "json").Out);
        var root = json.RootElement;

        root.GetProperty("apiVersion").GetString().ShouldBe("infometis.io/receipt-check/v1");
        root.GetProperty("proof").GetBoolean().ShouldBeTrue();
        root.GetProperty("images").GetInt32().ShouldBe(24);
        root.GetProperty("host").GetString().ShouldBe("edge-7");
        root.GetProperty("bundle").GetProperty("sound").GetBoolean().ShouldBeTrue();
        root.GetProperty("differences").GetArrayLength().ShouldBe(0);
        root.GetProperty("noted")[0].GetProperty("code").GetString().ShouldBe(Codes.NotPinned);
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("version", "0.5.1")]
    [InlineData("platform", "linux/arm64")]
    [InlineData("k0s", "v1.23.17+k0s.0")]
    [InlineData("tool", "9.9.9")]
    [InlineData("selection", "only kafka,pause")]
    [InlineData("selection", "only unheard")]
    [InlineData("selection", "stack unheard")]
    [InlineData("selection", "whatever")]
    public void Is_of_something_else_where_it_says_so(string key, string value)
    {
        var receipt = Receipt();
        receipt[key] = value;
        IsOfAnother(receipt);
    }

    [Fact]
    public void Is_of_something_else_where_a_hash_does()
    {
        foreach (var hash in (string[])["script", "inventory"])
        {
            // In agreement with itself.
            var receipt = Receipt();
            var bundle = receipt["bundle"]!;
            bundle[hash] = Other;
            var file = hash == "script" ? "install.sh" : "inventory.json";
            bundle["files"]!.AsArray().Single(one => (string)one!["name"]! == file)!["sha256"] = Other;
            var lines = bundle["files"]!.AsArray().Select(one => $"{((string)one!["sha256"]!)[7..]}  {one["name"]}\n");
            bundle["sums"] = $"{InfoMetis.Release.Oci.Digest.Of(Encoding.ASCII.GetBytes(string.Concat(lines)))}";
            IsOfAnother(receipt);
        }
        var index = Receipt();
        index["bundle"]!["index"] = Other;
        IsOfAnother(index);
        var key = Receipt();
        key["trust"]!["keys"]![0] = Other;
        IsOfAnother(key);
        key["trust"]!["keys"]!.AsArray().Add(JsonValue.Create(signed.Fingerprint));
        Check(key).ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Is_of_something_else_where_an_image_is()
    {
        Image(images => images.RemoveAt(3));
        Image(images => images[0]!["name"] = "another");
        Image(images => images[0]!["content"]!.AsArray().RemoveAt(1));
        Image(images => images[0]!["content"]!.AsArray().Add(JsonValue.Create(Other)));
        Image(images => Rename(images[0]!, "docker.io/", "registry.example/"));
    }

    [Fact]
    public void Is_of_a_part_of_it_where_a_part_was_chosen()
    {
        var only = Receipt();
        only["selection"] = "only kafka,pause";
        Keep(only, image => (string)image["name"]! is "kafka" or "pause");
        Check(only).ExitCode.ShouldBe(ExitCode.Sound);

        var stack = Receipt();
        stack["selection"] = "stack basic";
        var basic = Imrel.Run("images", signed.Release.Manifest, "--stack", "basic", "--format", "json");
        basic.ExitCode.ShouldBe(ExitCode.Sound, basic.Error);
        Keep(stack, image => basic.Out.Contains((string)image["digest"]!, StringComparison.Ordinal));
        stack["images"]!.AsArray().Count.ShouldBeLessThan(24);
        var run = Check(stack);
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Out);
    }

    [Fact]
    public void Is_held_against_the_archive_where_that_is_named()
    {
        var archive = Directory.GetFiles(signed.Bundle, "*.tar.zst").ShouldHaveSingleItem();
        Run(Receipt(), archive).ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Is_no_proof_by_a_bundle_that_is_none()
    {
        var copy = _folder.File("copy");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(signed.Bundle))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(copy, "install.sh"), "# more\n");

        var run = Run(Receipt(), copy);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain(Codes.BundleFileDamaged);
        run.Out.ShouldContain(Codes.ReceiptOfAnother);
        run.Out.ShouldContain("not proved (2 errors");
    }

    [Fact]
    public void Leaves_the_bundle_to_be_looked_at_where_it_is_no_receipt()
    {
        var run = Run(new JsonObject(), signed.Bundle);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain("infometis 0.5.0 for linux/amd64: sound");
        run.Out.ShouldContain(Codes.ReceiptMalformed);
    }

    private void Image(Action<JsonArray> change)
    {
        var receipt = Receipt();
        change(receipt["images"]!.AsArray());
        IsOfAnother(receipt);
    }

    private void IsOfAnother(JsonObject receipt)
    {
        var run = Check(receipt);

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Out);
        run.Out.ShouldContain(Codes.ReceiptOfAnother);
        run.Out.ShouldNotContain(Codes.ReceiptMalformed);
        run.Out.ShouldContain("bundle     another than the one that is here\n");
    }

    private static void Keep(JsonObject receipt, Func<JsonNode, bool> wanted) =>
        receipt["images"]!.AsArray().RemoveAll(image => !wanted(image!));

    private static void Rename(JsonNode image, string from, string to)
    {
        foreach (var name in image["names"]!.AsArray())
            name!["name"] = ((string)name["name"]!).Replace(from, to, StringComparison.Ordinal);
    }

    private JsonObject Receipt() => SampleReceipt.Of(signed.Bundle, signed.Fingerprint);

    private Imrel Check(JsonObject receipt, params string[] more) => Run(receipt, [signed.Bundle, .. more]);

    private Imrel Run(JsonObject receipt, params string[] more) =>
        Imrel.Run([
            "verify",
            "--receipt",
            _folder.Write("receipt.json", Encoding.UTF8.GetBytes(receipt.Text())),
            "--key",
            signed.Key,
            .. more,
        ]);

    /// <summary>A bundle that somebody signed.</summary>
    public sealed class Signed : IDisposable
    {
        public Signed()
        {
            using var key = SigningKey.Generate();
            Fingerprint = key.Public.Fingerprint.ToString();
            Key = Release.PathOf("release.pub");
            Bundle = Release.Bundle("out");
            File.WriteAllText(Key, key.Public.Pem);
            SignedFolder.Sign(Bundle, key);
        }

        internal SampleRelease Release { get; } = new();
        public string Bundle { get; }
        public string Key { get; }
        public string Fingerprint { get; }

        public void Dispose() => Release.Dispose();
    }
}
