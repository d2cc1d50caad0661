using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_answers : RegistryTest
{
    [Theory]
    [InlineData(MediaTypes.OciManifest)]
    [InlineData(MediaTypes.DockerManifest)]
    public async Task Resolves_a_tag_to_a_manifest(string mediaType)
    {
        var expected = Registry.Add(Repository, Samples.Manifest(mediaType), mediaType, "1.0");
        var found = await Source().ResolveAsync("1.0", CancellationToken.None);
        found.ShouldBe(expected, new SameContent());
    }

    [Theory]
    [InlineData(MediaTypes.OciIndex)]
    [InlineData(MediaTypes.DockerManifestList)]
    public async Task Resolves_a_digest_to_an_index(string mediaType)
    {
        var expected = Registry.Add(Repository, Samples.Index(mediaType), mediaType);
        var found = await Source().ResolveAsync(expected.Digest.ToString(), CancellationToken.None);
        found.ShouldBe(expected, new SameContent());
    }

    [Fact]
    public async Task Is_asked_for_the_four_kinds_of_manifest()
    {
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        await Source().ResolveAsync("1.0", CancellationToken.None);
        var accept = Registry.Requests.Single().Accept;
        foreach (
            var type in new[]
            {
                MediaTypes.OciManifest,
                MediaTypes.OciIndex,
                MediaTypes.DockerManifest,
                MediaTypes.DockerManifestList,
            }
        )
            accept.ShouldContain(type);
    }

    [Fact]
    public async Task Hands_out_a_manifest_and_its_bytes_in_one_request()
    {
        var bytes = Samples.Manifest();
        Registry.Add(Repository, bytes, MediaTypes.OciManifest, "1.0");
        var manifest = await Source().ReadManifestAsync("1.0", CancellationToken.None);
        manifest.Content.ToArray().ShouldBe(bytes);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public async Task May_leave_the_kind_to_the_document(string? contentType)
    {
        Registry.Next("/manifests/", Nasty.Bytes(200, contentType, Samples.Index(mediaType: null)));
        var found = await Source().ResolveAsync("1.0", CancellationToken.None);
        found.MediaType.ShouldBe(MediaTypes.OciIndex);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99_999)]
    [InlineData(100_000)]
    public async Task Hands_out_a_blob_from_an_offset_on(int offset)
    {
        var bytes = SomeBytes(100_000);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        (await ReadAsync(blob, offset)).ShouldBe(bytes[offset..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    public async Task May_know_no_ranges(int offset)
    {
        var bytes = SomeBytes(100_000);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Bytes(200, null, bytes));
        (await ReadAsync(blob, offset)).ShouldBe(bytes[offset..]);
    }

    [Fact]
    public async Task May_refuse_ranges()
    {
        var bytes = SomeBytes(1000);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Status(416), Nasty.Bytes(200, null, bytes));
        (await ReadAsync(blob, 600)).ShouldBe(bytes[600..]);
    }

    [Fact]
    public async Task May_send_no_length()
    {
        var bytes = SomeBytes(300_000);
        var blob = Registry.Add(Repository, bytes, Samples.Layer);
        Registry.Next("/blobs/", Nasty.WithoutLength(bytes));
        (await ReadAsync(blob, 0)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Hands_out_an_empty_blob()
    {
        var blob = Registry.Add(Repository, [], Samples.Layer);
        (await ReadAsync(blob, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hands_out_a_manifest_from_an_offset_on()
    {
        var bytes = Samples.Manifest();
        var manifest = Registry.Add(Repository, bytes, MediaTypes.OciManifest);
        (await ReadAsync(manifest, 7)).ShouldBe(bytes[7..]);
    }

    [Fact]
    public async Task Says_whether_a_manifest_is_there()
    {
        var manifest = Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest);
        (await Source().HasManifestAsync(manifest.Digest.ToString(), CancellationToken.None)).ShouldBeTrue();
        (await Source().HasManifestAsync("2.0", CancellationToken.None)).ShouldBeFalse();
        Registry.Requests.ShouldAllBe(request => request.Method == "HEAD");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Does_not_say_that_a_manifest_is_absent_by_anything_but_404(int status)
    {
        Registry.Always("/manifests/", Nasty.Status(status));
        var finding = await FailureOf(() => Source().HasManifestAsync("1.0", CancellationToken.None));
        finding.Code.ShouldNotBe(Codes.RegistryNotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../other/manifests/1.0")]
    [InlineData("1.0?x=y")]
    [InlineData("sha256:abc")]
    public async Task Is_asked_for_tags_and_digests_only(string reference)
    {
        await Should.ThrowAsync<ArgumentException>(() => Source().ResolveAsync(reference, CancellationToken.None));
        Registry.Requests.ShouldBeEmpty();
    }

    private async Task<byte[]> ReadAsync(Descriptor target, long offset)
    {
        await using var body = await Source().FetchAsync(target, offset, CancellationToken.None);
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private sealed class SameContent : IEqualityComparer<Descriptor>
    {
        public bool Equals(Descriptor? x, Descriptor? y) => Key(x) == Key(y);

        public int GetHashCode(Descriptor obj) => Key(obj).GetHashCode();

        private static (string?, string?, long?) Key(Descriptor? d) => (d?.MediaType, d?.Digest.ToString(), d?.Size);
    }
}
