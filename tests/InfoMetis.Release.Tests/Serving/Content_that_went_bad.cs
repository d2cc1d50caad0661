using System.Collections.Concurrent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Serving;
using InfoMetis.Release.Tests.Bundle;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

public sealed class Content_that_went_bad : IDisposable
{
    private static readonly Sample Config = Sample.Of("{}", "application/vnd.oci.image.config.v1+json");
    private static readonly Sample Small = Sample.Random(1000, seed: 1);
    private static readonly Sample Large = Sample.Random(3 << 20, seed: 2);
    private static readonly Sample Manifest = Sample.Manifest(Config, Small, Large);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<Finding> _found = new();

    private ServerOptions Options => new() { Found = _found.Enqueue };

    public Content_that_went_bad() =>
        NamedLayout.Write(_folder.Path, [("r.io/a/b:1", Manifest)], [Config, Small, Large, Manifest]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Is_refused_where_it_is_small()
    {
        Damage(Small, at: 999);
        await using var served = await Served.StartAsync(Options, _folder.Path);

        for (var i = 0; i < 2; i++)
            (await served.ErrorAsync(HttpMethod.Get, Blob(Small))).ShouldBe((500, "UNKNOWN"));

        _found.ShouldHaveSingleItem().Code.ShouldBe(Codes.ContentWrongDigest);
        (await served.BytesAsync(Blob(Large))).ShouldBe(Large.Bytes);
    }

    [Fact]
    public async Task Breaks_off_before_its_end_where_it_is_large_and_is_refused_from_then_on()
    {
        Damage(Large, at: 5);
        await using var served = await Served.StartAsync(Options, _folder.Path);

        using (var response = await served.GetAsync(Blob(Large)))
            await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
        (await served.ErrorAsync(HttpMethod.Get, Blob(Large))).Status.ShouldBe(500);
        (await served.ErrorAsync(HttpMethod.Get, Blob(Large), "bytes=0-9")).Status.ShouldBe(500);

        _found.ShouldHaveSingleItem().Subject.ShouldBe(Large.Digest.ToString());
    }

    [Fact]
    public async Task Gives_no_range_of_it_away_not_even_a_sound_one()
    {
        Damage(Large, at: 3_000_000);
        await using var served = await Served.StartAsync(Options, _folder.Path);

        (await served.ErrorAsync(HttpMethod.Get, Blob(Large), "bytes=0-9")).ShouldBe((500, "UNKNOWN"));
    }

    [Fact]
    public async Task Is_found_at_the_start_where_that_is_asked_for()
    {
        Damage(Small, at: 1);
        Damage(Large, at: 1);

        var refused = await Should.ThrowAsync<ReleaseException>(() =>
            Served.StartAsync(Options with { ProvesFirst = true }, _folder.Path)
        );

        refused.Findings.Select(finding => finding.Code).ShouldBe([Codes.ContentWrongDigest, Codes.ContentWrongDigest]);
    }

    [Fact]
    public async Task Is_refused_when_it_is_gone()
    {
        await using var served = await Served.StartAsync(Options, _folder.Path);
        File.Delete(PathOf(Large));

        (await served.ErrorAsync(HttpMethod.Get, Blob(Large))).ShouldBe((500, "UNKNOWN"));
        _found.ShouldHaveSingleItem().Code.ShouldBe(Codes.ContentMissing);
        File.WriteAllBytes(PathOf(Large), Large.Bytes);

        (await served.BytesAsync(Blob(Large))).ShouldBe(Large.Bytes);
    }

    [Fact]
    public async Task Of_a_document_is_found_at_the_start()
    {
        Damage(Manifest, at: 3);

        var refused = await Should.ThrowAsync<ReleaseException>(() => Served.StartAsync(Options, _folder.Path));

        refused.Finding.Code.ShouldBe(Codes.ContentWrongDigest);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task Of_a_bundle_is_never_given_away_whole(string kind)
    {
        using var bundles = new SampleBundles();
        var archive = bundles.Archive(kind).Single();
        var large = bundles.Release.Content.MaxBy(digest => bundles.Release.BytesOf(digest).Length);
        using (var file = new FileStream(archive, FileMode.Open, FileAccess.ReadWrite))
        {
            // More than half of the archive is this blob.
            file.Position = file.Length / 2;
            var was = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(was ^ 1));
        }
        await using var served = await Served.StartAsync(Options, archive);
        var failed = 0;
        foreach (var name in new[] { "confluentinc/cp-kafka", "pause" })
        {
            foreach (var digest in bundles.Release.Content.Where(one => bundles.Release.BytesOf(one).Length > 1 << 20))
            {
                using var response = await served.GetAsync($"/v2/{name}/blobs/{digest}");
                if ((int)response.StatusCode == 404)
                    continue;
                try
                {
                    (await response.Content.ReadAsByteArrayAsync()).ShouldBe(bundles.Release.BytesOf(digest));
                }
                catch (HttpRequestException)
                {
                    failed++;
                }
            }
        }
        failed.ShouldBe(1);
        _found.ShouldHaveSingleItem();
        large.ShouldNotBe(default);
    }

    [Fact]
    public async Task Of_a_gzip_bundle_is_found_when_its_index_is_made()
    {
        using var bundles = new SampleBundles();
        var archive = bundles.Archive("gzip").Single();
        var bytes = await File.ReadAllBytesAsync(archive);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(archive, bytes);

        var refused = await Should.ThrowAsync<ReleaseException>(() => Served.StartAsync(Options, archive));

        ExitCodes.Of(refused.Finding.Code).ShouldBe(ExitCode.Integrity);
    }

    private static string Blob(Sample sample) => $"/v2/a/b/blobs/{sample.Digest}";

    private string PathOf(Sample sample) => Path.Combine(_folder.Path, "blobs", "sha256", sample.Digest.Hex);

    private void Damage(Sample sample, int at)
    {
        var bytes = sample.Bytes.ToArray();
        bytes[at] ^= 1;
        File.WriteAllBytes(PathOf(sample), bytes);
    }
}
