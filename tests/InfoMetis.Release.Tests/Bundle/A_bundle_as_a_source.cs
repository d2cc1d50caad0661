using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class A_bundle_as_a_source(SampleBundles bundles) : IClassFixture<SampleBundles>
{
    public static TheoryData<string> Kinds => ["zstd", "zstd:1MB", "gzip", "none:1MB"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Serves_every_blob_from_any_offset_on(string kind)
    {
        using var source = BundleSource.Open(bundles.Folder(kind));
        foreach (var digest in bundles.Release.Content)
        {
            var expected = bundles.Release.BytesOf(digest);
            var descriptor = await source.ResolveAsync(digest.ToString(), default);
            descriptor.Size.ShouldBe(expected.Length);
            (await BytesAsync(source, descriptor, offset: expected.Length / 3)).ShouldBe(
                expected[(expected.Length / 3)..]
            );
        }
    }

    [Fact]
    public async Task Knows_images_by_every_form_of_their_names()
    {
        using var source = BundleSource.Open(bundles.Folder("zstd"));
        var root = (await source.ResolveAsync("docker.io/library/busybox:1.35", default)).Digest;

        (await source.ResolveAsync("busybox:1.35", default)).Digest.ShouldBe(root);
        (await source.ResolveAsync($"busybox@{root}", default)).Digest.ShouldBe(root);
        (await source.ResolveAsync($"docker.io/library/busybox:1.35@{root}", default)).Digest.ShouldBe(root);
        (await source.EntriesAsync(default)).Count.ShouldBe(3 * 24);
        (await Code(() => source.ResolveAsync("busybox:1.36", default))).ShouldBe(Codes.NameUnknown);
        (await Code(() => source.ResolveAsync($"busybox@{Digest.Of([])}2", default))).ShouldBe(Codes.NameUnknown);
        var absent = Digest.Of([1]);
        (await Code(() => source.ResolveAsync(absent.ToString(), default))).ShouldBe(Codes.ContentMissing);
        (await Code(() => source.FetchAsync(new Descriptor("", absent, 1), 0, default))).ShouldBe(Codes.ContentMissing);
    }

    [Fact]
    public async Task Serves_many_at_a_time()
    {
        using var source = BundleSource.Open(bundles.Folder("gzip"));
        await Parallel.ForEachAsync(
            bundles.Release.Content,
            async (digest, token) =>
            {
                var expected = bundles.Release.BytesOf(digest);
                var descriptor = new Descriptor("", digest, expected.Length);
                (await BytesAsync(source, descriptor, offset: 0)).SequenceEqual(expected).ShouldBeTrue();
            }
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fills_a_store_as_a_registry_does(string kind)
    {
        var store = bundles.PathOf($"store from {kind.Replace(':', ' ')}");

        var run = Imrel.Run(
            "pull",
            bundles.Release.Manifest,
            "--store",
            store,
            "--from",
            $"bundle:{bundles.Folder(kind)}"
        );

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("infometis 0.5.0 is complete and verified");
    }

    private static async Task<byte[]> BytesAsync(BundleSource source, Descriptor descriptor, long offset)
    {
        await using var content = await source.FetchAsync(descriptor, offset, default);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<string> Code(Func<Task> work) =>
        (await Should.ThrowAsync<ReleaseException>(work)).Finding.Code;
}
