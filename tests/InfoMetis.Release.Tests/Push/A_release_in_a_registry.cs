using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

public sealed class A_release_in_a_registry : PushTest
{
    private const string Passphrase = "typed";

    private string Target => $"{Registry.Host}/infometis/release";

    [Fact]
    public void Is_named_whole_by_one_digest()
    {
        var desk = UploadDesk.At(Registry);
        var bundle = SignedBundle();

        var run = Run("push", bundle, Target, "--release");
        var again = Run("push", bundle, $"{Target}:newest", "--release");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldStartWith($"{Target}@sha256:");
        run.Error.ShouldContain($"infometis 0.5.0 is there as {Target}:0.5.0");
        again.Out.ShouldBe(run.Out);
        desk.Of("blob").ShouldBeUnique();
        using var manifest = JsonDocument.Parse(Registry.Find("/v2/infometis/release/manifests/0.5.0")!.Bytes);
        var root = manifest.RootElement;
        root.GetProperty("artifactType").GetString().ShouldBe("application/vnd.infometis.release.v1+json");
        var annotations = root.GetProperty("annotations");
        annotations.GetProperty("org.opencontainers.image.title").GetString().ShouldBe("infometis");
        annotations.GetProperty("org.opencontainers.image.version").GetString().ShouldBe("0.5.0");
        annotations.GetProperty("org.opencontainers.image.created").GetString().ShouldBe("2025-07-25T21:31:16Z");
        root.GetProperty("layers")
            .EnumerateArray()
            .Select(layer => layer.GetProperty("annotations").GetProperty("org.opencontainers.image.title").GetString())
            .ShouldBe([
                "release.yaml",
                "coupling.json",
                "bill-of-materials.cdx.json",
                "inventory.json",
                "SHA256SUMS",
                "SHA256SUMS.sig",
                "SHA256SUMS.sigstore.json",
            ]);
    }

    [Fact]
    public void Says_what_its_bundle_says_and_who_signed_it()
    {
        UploadDesk.At(Registry);
        var reference = Pushed(SignedBundle());

        var bare = Inspect(reference);
        var checkedByKey = Inspect(reference, "--key", Release.PathOf("own.pub"));
        var json = Inspect(reference, "--key", Release.PathOf("own.pub"), "--format", "json");

        bare.ExitCode.ShouldBe(ExitCode.Sound, bare.Error);
        bare.Out.ShouldContain("release:   infometis 0.5.0 of 2025-07-25 for linux/amd64");
        bare.Out.ShouldContain("kafka");
        bare.Out.ShouldContain("1 signature; name a key");
        checkedByKey.ExitCode.ShouldBe(ExitCode.Sound, checkedByKey.Error);
        checkedByKey.Out.ShouldContain("1 signature, by\n         sha256:");
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("verified").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("reference").GetString().ShouldBe(reference);
        document.RootElement.GetProperty("images").GetArrayLength().ShouldBe(Images);
    }

    [Fact]
    public void Is_not_believed_by_the_key_of_a_stranger()
    {
        UploadDesk.At(Registry);
        var reference = Pushed(SignedBundle());
        MakeKey("stranger");

        var run = Inspect(reference, "--key", Release.PathOf("stranger.pub"));

        run.ExitCode.ShouldBe(ExitCode.SignatureNotTrusted, run.Error);
        run.Error.ShouldContain(Codes.SignatureWrong);
        run.Out.ShouldContain("none of them by a key that is trusted");
    }

    [Fact]
    public void Is_refused_where_nobody_signed_it_and_a_key_is_named()
    {
        UploadDesk.At(Registry);
        var reference = Pushed(Release.Bundle("unsigned"));
        MakeKey("own");

        Inspect(reference).Out.ShouldContain("nobody signed it");
        var run = Inspect(reference, "--key", Release.PathOf("own.pub"));

        run.ExitCode.ShouldBe(ExitCode.SignatureNotTrusted, run.Error);
    }

    [Fact]
    public void Is_caught_where_one_of_its_papers_is_exchanged_for_another()
    {
        UploadDesk.At(Registry);
        var reference = Pushed(SignedBundle());
        var path = $"/v2/infometis/release/manifests/{reference.Split('@')[1]}";
        var papers = JsonSerializer.Deserialize<JsonElement>(Registry.Find(path)!.Bytes.Span);
        var layers = papers.GetProperty("layers");
        var text = System.Text.Encoding.UTF8.GetString(Registry.Find(path)!.Bytes.Span);
        var (coupling, materials) = (layers[1], layers[2]);
        var swapped = text.Replace(
            $"{coupling.GetProperty("digest").GetString()}\",\"size\":{coupling.GetProperty("size")}",
            $"{materials.GetProperty("digest").GetString()}\",\"size\":{materials.GetProperty("size")}",
            StringComparison.Ordinal
        );
        var forged = Registry.Add("infometis/release", Samples.Json(swapped), MediaTypes.OciManifest);

        var run = Inspect($"{Target}@{forged.Digest}", "--key", Release.PathOf("own.pub"));

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain("infometis/coupling.json");
    }

    [Fact]
    public void Is_not_found_in_what_is_an_image()
    {
        Registry.Add("infometis/release", Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        Registry.Add("infometis/release", Samples.Index(), MediaTypes.OciIndex, "2.0");

        Inspect($"{Target}:1.0").Error.ShouldContain($"error {Codes.NotARelease} {Target}:1.0 is no release");
        Inspect($"{Target}:2.0").ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        Inspect($"{Target}:3.0").Error.ShouldContain(Codes.RegistryNotFound);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("site.local/a@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public void Wants_a_repository_to_be_put_into(string target) =>
        Run("push", Release.Layout, target, "--release").ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public void Is_made_of_a_bundle_alone()
    {
        Run("push", Release.Layout, Target, "--release").Error.ShouldContain(Codes.NotABundle);
        Run("push", Release.Layout, Target, "--release", "--images", "kafka").ExitCode.ShouldBe(ExitCode.Usage);
        Imrel.Run("inspect", Release.Layout, "--key", "own.pub").ExitCode.ShouldBe(ExitCode.Usage);
    }

    private string SignedBundle()
    {
        MakeKey("own");
        var file = Release.PathOf("passphrase");
        File.WriteAllText(file, Passphrase + "\n");
        return Release.Bundle("signed", "--key", Release.PathOf("own.key"), "--passphrase-file", file);
    }

    private void MakeKey(string name) =>
        Imrel.Run(_ => Passphrase, "keygen", "-o", Release.PathOf(name)).ExitCode.ShouldBe(ExitCode.Sound);

    private string Pushed(string bundle)
    {
        var run = Run("push", bundle, Target, "--release");
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        return run.Out.Trim();
    }

    private static Imrel Inspect(string reference, params string[] more) => Imrel.Run(["inspect", reference, .. more]);
}
