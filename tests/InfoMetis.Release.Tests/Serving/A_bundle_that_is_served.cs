using System.Net.Sockets;
using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Bundle;

namespace InfoMetis.Release.Tests.Serving;

public sealed class A_bundle_that_is_served(SampleBundles bundles) : IClassFixture<SampleBundles>
{
    private const int Clients = 64;

    public static TheoryData<string> Kinds => ["zstd", "zstd:1MB", "gzip", "gzip:1MB", "none", "none:1MB"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Gives_every_manifest_and_blob_as_it_was(string kind)
    {
        await using var served = await Served.StartAsync(bundles.Folder(kind));
        (await AllAsync(served)).Count.ShouldBe(bundles.Release.Content.Count);
    }

    [Fact]
    public async Task May_be_named_by_its_parts_in_any_order()
    {
        await using var served = await Served.StartAsync([.. bundles.Archive("zstd:1MB").Reverse()]);
        (await AllAsync(served)).Count.ShouldBe(bundles.Release.Content.Count);
    }

    [Theory]
    [InlineData("zstd:1MB")]
    [InlineData("gzip:1MB")]
    public async Task Is_not_served_while_a_part_is_missing(string kind)
    {
        var parts = bundles.Archive(kind);

        var missing = await Should.ThrowAsync<ReleaseException>(() =>
            Served.StartAsync([.. parts.Take(1), .. parts.Skip(2)])
        );

        missing.Findings.ShouldHaveSingleItem().Code.ShouldBe(Codes.BundleFileMissing);
    }

    [Fact]
    public async Task Stands_for_its_layout_and_its_store_too()
    {
        bundles.Folder("zstd");
        foreach (var folder in new[] { bundles.Release.Layout, bundles.Release.Store })
        {
            await using var served = await Served.StartAsync(folder);
            (await AllAsync(served)).Count.ShouldBe(bundles.Release.Content.Count);
        }
    }

    [Theory]
    [InlineData("zstd:1MB")]
    [InlineData("gzip")]
    [InlineData("none:1MB")]
    public async Task Gives_random_ranges_to_many_at_a_time_while_others_do_not_read(string kind)
    {
        await using var served = await Served.StartAsync(bundles.Folder(kind));
        var blobs = await AllAsync(served);
        var large = blobs.MaxBy(blob => bundles.Release.BytesOf(blob.Key).Length);
        using var idle = new Idle();
        for (var i = 0; i < Clients; i++)
            await idle.AskAsync(served.Url, large.Value);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(seed => Task.Run(() => AskAsync(served, blobs, seed))));
    }

    private async Task AskAsync(Served served, Dictionary<Digest, string> targets, int seed)
    {
        var random = new Random(seed);
        var all = targets.Where(target => target.Value.Contains("/blobs/", StringComparison.Ordinal)).ToList();
        for (var i = 0; i < 20; i++)
        {
            var (digest, target) = all[random.Next(all.Count)];
            var expected = bundles.Release.BytesOf(digest);
            if (expected.Length == 0)
                continue;
            var from = random.Next(expected.Length);
            var length = Math.Min(random.Next(1, 1 << 20), expected.Length - from);
            using var response = await served.GetAsync(target, $"bytes={from}-{from + length - 1}");
            ((int)response.StatusCode).ShouldBe(206);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            bytes.AsSpan().SequenceEqual(expected.AsSpan(from, length)).ShouldBeTrue($"{target} from {from}");
        }
    }

    /// <summary>Everything that can be reached from the catalogue on, and where; each of it is what it was.</summary>
    private async Task<Dictionary<Digest, string>> AllAsync(Served served)
    {
        var all = new Dictionary<Digest, string>();
        var catalogue = (await served.JsonAsync("/v2/_catalog")).GetProperty("repositories").EnumerateArray();
        foreach (var name in catalogue.Select(item => item.GetString()!))
        {
            var tags = (await served.JsonAsync($"/v2/{name}/tags/list")).GetProperty("tags").EnumerateArray().ToList();
            foreach (var tag in tags)
                await FollowAsync(served, $"/v2/{name}", tag.GetString()!, all);
        }
        return all;
    }

    private async Task FollowAsync(Served served, string repository, string reference, Dictionary<Digest, string> all)
    {
        var target = $"{repository}/manifests/{reference}";
        using var response = await served.GetAsync(target);
        // A sparse index names what was left out.
        if ((int)response.StatusCode == 404)
            return;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var descriptor = new Descriptor(
            response.Content.Headers.ContentType!.MediaType!,
            Digest.Of(bytes),
            bytes.Length
        );
        if (Digest.TryParse(reference, out var digest))
            digest.ShouldBe(descriptor.Digest);
        all[descriptor.Digest] = target;
        foreach (var child in ImageDocument.Children(descriptor, bytes))
        {
            if (MediaTypes.IsIndex(descriptor.MediaType))
                await FollowAsync(served, repository, child.Digest.ToString(), all);
            else if (all.TryAdd(child.Digest, $"{repository}/blobs/{child.Digest}"))
                Digest.Of(await served.BytesAsync(all[child.Digest])).ShouldBe(child.Digest);
        }
    }

    /// <summary>Clients that ask and never read what comes.</summary>
    private sealed class Idle : IDisposable
    {
        private readonly List<TcpClient> _clients = [];

        public async Task AskAsync(Uri url, string target)
        {
            var client = new TcpClient { ReceiveBufferSize = 1024 };
            _clients.Add(client);
            await client.ConnectAsync(url.Host, url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n"));
        }

        public void Dispose() => _clients.ForEach(client => client.Dispose());
    }
}
