using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_lies : RegistryTest
{
    private const string Other = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task About_the_digest_of_a_tag_is_found_out()
    {
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        Registry.Next("/manifests/", Nasty.Header("Docker-Content-Digest", Other, Registry.ServeAsync));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.LyingDigest);
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.Integrity);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task By_another_manifest_for_a_digest_is_found_out()
    {
        Registry.Next("/manifests/", Nasty.Bytes(200, MediaTypes.OciManifest, Samples.Manifest()));
        var finding = await FailureOf(() => Source().ResolveAsync(Other, CancellationToken.None));
        finding.Code.ShouldBe(Codes.LyingDigest);
    }

    [Fact]
    public async Task In_another_algorithm_cannot_be_compared()
    {
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        Registry.Next("/manifests/", Nasty.Header("Docker-Content-Digest", "sha512:abc", Registry.ServeAsync));
        (await Source().ResolveAsync("1.0", CancellationToken.None)).MediaType.ShouldBe(MediaTypes.OciManifest);
    }

    [Fact]
    public async Task With_the_right_length_and_wrong_bytes_is_not_asked_again()
    {
        var bytes = SomeBytes(100_000);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        var flipped = bytes.ToArray();
        flipped[50_000] ^= 1;
        Registry.Always("/blobs/", Nasty.Bytes(200, null, flipped));
        await FailureOf(() => PullAsync(Source(), blob));
        Registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(99_999)]
    [InlineData(100_001)]
    public async Task About_the_length_of_a_blob_is_found_out(int length)
    {
        var blob = Registry.Add(Repository, SomeBytes(100_000), Samples.Layer);
        Registry.Always("/blobs/", Nasty.Bytes(200, null, SomeBytes(length)));
        var finding = await FailureOf(() => PullAsync(Source(), blob));
        finding.Code.ShouldBe(Codes.WrongSize);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task By_sending_more_than_it_should_without_a_length_is_found_out()
    {
        var blob = Registry.Add(Repository, SomeBytes(100_000), Samples.Layer);
        Registry.Always("/blobs/", Nasty.Endless("application/octet-stream"));
        var finding = await FailureOf(() => PullAsync(Source(), blob));
        finding.Code.ShouldBe(Codes.WrongSize);
    }

    [Theory]
    [InlineData("bytes 0-99/100")]
    [InlineData("bytes 11-99/100")]
    [InlineData("bytes 10-98/100")]
    [InlineData("bytes 10-99/101")]
    [InlineData("bytes */100")]
    [InlineData("nonsense")]
    public async Task About_the_range_it_sends_is_found_out(string range)
    {
        var bytes = SomeBytes(100);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        Registry.Always("/blobs/", Nasty.Header("Content-Range", range, Nasty.Bytes(206, null, bytes[10..])));
        var finding = await FailureOf(() => Source().FetchAsync(blob, 10, CancellationToken.None));
        finding.Code.ShouldBeOneOf(Codes.BadAnswer, Codes.WrongSize);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_an_endless_manifest_is_cut_short()
    {
        Registry.Next("/manifests/", Nasty.Endless(MediaTypes.OciManifest));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.ManifestTooLarge);
    }

    [Fact]
    public async Task With_a_manifest_that_is_declared_too_large_is_not_read()
    {
        Registry.Next(
            "/manifests/",
            context =>
            {
                context.Response.ContentLength = 1L << 30;
                return context.Response.StartAsync();
            }
        );
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.ManifestTooLarge);
    }

    [Fact]
    public async Task With_compressed_content_is_found_out()
    {
        var bytes = SomeBytes(100);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Header("Content-Encoding", "gzip", Nasty.Bytes(200, null, bytes)));
        var finding = await FailureOf(() => Source().FetchAsync(blob, 0, CancellationToken.None));
        finding.Code.ShouldBe(Codes.BadAnswer);
    }

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v1+json")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("application/json")]
    [InlineData(MediaTypes.OciManifest)]
    public async Task With_schema_1_is_refused(string contentType)
    {
        Registry.Next("/manifests/", Nasty.Bytes(200, contentType, Samples.SchemaOne()));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.SchemaOne);
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.RegistrySaidNo);
    }

    [Theory]
    [InlineData(MediaTypes.OciIndex, """{"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[]}""")]
    [InlineData(MediaTypes.OciIndex, """{"layers":[]}""")]
    [InlineData(MediaTypes.OciManifest, """{"manifests":[]}""")]
    [InlineData(MediaTypes.OciManifest, """{"layers":[],"manifests":[]}""")]
    [InlineData("application/json", """{"mediaType":"text/plain","layers":[]}""")]
    [InlineData("text/html", "<html>Welcome to this hotel</html>")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"layers":[]} {}""")]
    [InlineData("application/json", """{"mediaType":"\ud800","layers":[]}""")]
    public async Task About_what_a_document_is_is_refused(string contentType, string body)
    {
        Registry.Next("/manifests/", Nasty.Bytes(200, contentType, Samples.Json(body)));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.NotAManifest);
    }
}
