using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Oci;

public sealed class A_document_of_an_image
{
    private static readonly Sample Config = Sample.Of("{}", "application/vnd.oci.image.config.v1+json");
    private static readonly Sample Manifest = Sample.Manifest(Config, Sample.Of("layer"));

    [Fact]
    public void Names_what_it_refers_to()
    {
        var index = Sample.Index((Manifest, "linux/amd64"));
        ImageDocument.Children(index.Descriptor, index.Bytes).Single().Digest.ShouldBe(Manifest.Digest);
        ImageDocument.Children(Manifest.Descriptor, Manifest.Bytes).Count.ShouldBe(2);
        ImageDocument.Children(Config.Descriptor, Config.Bytes).ShouldBeEmpty();
    }

    [Fact]
    public void Keeps_attestations_of_the_platforms_that_are_kept()
    {
        var other = Sample.Manifest(Config, Sample.Of("other"));
        string Attestation(Sample of, string text) =>
            Sample.Json(Sample.Of(text, MediaTypes.OciManifest).Descriptor)[..^1]
            + $$$""","platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"{{{of.Digest}}}"}}""";
        var json = $$"""
            {"schemaVersion":2,"manifests":[{{Sample.Json(Manifest.Descriptor, "linux/amd64")}},
            {{Sample.Json(other.Descriptor, "linux/arm64")}},{{Attestation(Manifest, "a")}},{{Attestation(
                other,
                "b"
            )}}]}
            """;
        var index = ImageIndex.Parse(Encoding.UTF8.GetBytes(json), "test");
        index.Platforms.Select(p => p.ToString()).ShouldBe(["linux/amd64", "linux/arm64"]);
        index
            .For([Platform.Parse("linux/amd64")])
            .Select(m => m.Digest)
            .ShouldBe([Manifest.Digest, Sample.Of("a").Digest]);
        index.For([Platform.Parse("linux/s390x")]).ShouldBeEmpty();
    }

    [Fact]
    public void Says_where_it_runs_and_what_it_claims()
    {
        const string Json = """
            {"architecture":"arm64","os":"linux","variant":"v8","config":{"Env":["A=1"],"Labels":{"version":"1"}},
            "rootfs":{"type":"layers","diff_ids":["sha256:x"]}}
            """;
        var config = ImageConfig.Parse(Encoding.UTF8.GetBytes(Json), "test");
        config.Platform.ShouldBe("linux/arm64/v8");
        config.Environment.ShouldBe(["A=1"]);
        config.Labels["version"].ShouldBe("1");
        config.DiffIds.ShouldBe(["sha256:x"]);
        ImageConfig.Parse(Config.Bytes, "test").Platform.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "no object")]
    [InlineData("""{"schemaVersion":1,"fsLayers":[]}""", "schema version 1")]
    [InlineData("""{"schemaVersion":2}""", "either")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", "either")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"Manifests":[]}""", "stands where")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"manifests":[]}""", "Duplicate")]
    [InlineData("""{"schemaVersion":2,"manifests":{}}""", "no list")]
    [InlineData("""{"schemaVersion":2,"manifests":[1]}""", "no object")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"sha256:../..","size":1}]}""", "digest")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"a","size":1}]}""", "digest")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"annotations":{"a":1}}""", "no text")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"mediaType":"\ud800"}""", "no Unicode")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"\ud800":1}""", "no Unicode")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"annotations":{"\ud800":"1"}}""", "no Unicode")]
    [InlineData(
        """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[]}""",
        "does not fit"
    )]
    [InlineData(
        """{"schemaVersion":2,"manifests":[{"mediaType":"a","digest":"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","size":-1}]}""",
        "whole number"
    )]
    public void Is_refused_with_its_reason(string json, string reason)
    {
        var finding = Should
            .Throw<ReleaseException>(() => ImageIndex.Parse(Encoding.UTF8.GetBytes(json), "here"))
            .Finding;
        finding.Code.ShouldBe(Codes.DocumentMalformed);
        finding.Fact.ShouldContain(reason);
    }

    [Fact]
    public void Is_refused_where_it_is_another_kind_than_announced()
    {
        var announced = Manifest.Descriptor with { MediaType = MediaTypes.DockerManifest };
        Should
            .Throw<ReleaseException>(() => ImageDocument.Children(announced, Manifest.Bytes))
            .Finding.Code.ShouldBe(Codes.DocumentMalformed);
    }

    [Fact]
    public async Task Is_not_read_beyond_its_bound()
    {
        var huge = new Descriptor(MediaTypes.OciIndex, Manifest.Digest, 1L << 30);
        (
            await Should.ThrowAsync<ReleaseException>(() =>
                ImageDocument.ReadAsync(Stream.Null, huge, CancellationToken.None)
            )
        ).Finding.Code.ShouldBe(Codes.DocumentTooLarge);
    }

    [Fact]
    public async Task Is_read_to_the_end_of_its_source()
    {
        (await ImageDocument.ReadAsync(Manifest.Stream(), Manifest.Descriptor, CancellationToken.None)).ShouldBe(
            Manifest.Bytes
        );
        using var longer = new MemoryStream([.. Manifest.Bytes, 0]);
        (
            await Should.ThrowAsync<ReleaseException>(() =>
                ImageDocument.ReadAsync(longer, Manifest.Descriptor, CancellationToken.None)
            )
        ).Finding.Code.ShouldBe(Codes.ContentTooLong);
    }
}
