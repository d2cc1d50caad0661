using System.Net;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

/// <summary>What the distribution specification says of pull and content discovery, rule by rule.</summary>
public sealed class The_rules_of_distribution(The_rules_of_distribution.Layout layout)
    : IClassFixture<The_rules_of_distribution.Layout>
{
    private const string Config = "application/vnd.oci.image.config.v1+json";
    private const string Base = "/v2/team/app";

    private static readonly Sample ConfigBlob = Sample.Of("""{"os":"linux"}""", Config);
    private static readonly Sample Layer = Sample.Random(300_000, seed: 1);
    private static readonly Sample Empty = Sample.Of("");
    private static readonly Sample Manifest = Sample.Manifest(ConfigBlob, Layer, Empty);
    private static readonly Sample Index = Sample.Index(
        (Manifest, "linux/amd64"),
        (Sample.Of("elsewhere"), "linux/arm64")
    );
    private static readonly Sample Stranger = Sample.Random(100, seed: 2);
    private static readonly string Absent = Digest.Of([9]).ToString();

    public sealed class Layout()
        : ServedLayout(
            [
                ("r.io/team/app:1", Index),
                ("r.io/team/app:b", Index),
                ("r.io/team/app:A", Manifest),
                ("r.io/team/app:c", Manifest),
                ("r.io/team/other:1", Manifest),
            ],
            [ConfigBlob, Layer, Empty, Manifest, Index, Stranger]
        );

    private Served Registry => layout.Registry;

    public static TheoryData<string, string, int, string?> Errors =>
        new()
        {
            { "GET", $"{Base}/manifests/absent", 404, "MANIFEST_UNKNOWN" },
            { "HEAD", $"{Base}/manifests/absent", 404, null },
            { "GET", $"{Base}/manifests/{Absent}", 404, "MANIFEST_UNKNOWN" },
            { "GET", $"{Base}/manifests/{new string('x', 200)}", 404, "MANIFEST_UNKNOWN" },
            { "GET", $"{Base}/manifests/sha256:abc", 400, "DIGEST_INVALID" },
            { "GET", $"{Base}/manifests/sha512:{new string('a', 128)}", 400, "DIGEST_INVALID" },
            { "GET", $"{Base}/blobs/{Absent}", 404, "BLOB_UNKNOWN" },
            { "HEAD", $"{Base}/blobs/{Absent}", 404, null },
            { "GET", $"{Base}/blobs/{Stranger.Digest}", 404, "BLOB_UNKNOWN" },
            { "GET", $"{Base}/blobs/{Manifest.Digest}", 404, "BLOB_UNKNOWN" },
            { "GET", $"{Base}/manifests/{Layer.Digest}", 404, "MANIFEST_UNKNOWN" },
            { "GET", $"{Base}/blobs/latest", 400, "DIGEST_INVALID" },
            { "GET", $"{Base}/blobs/sha256:{Layer.Digest.Hex.ToUpperInvariant()}", 400, "DIGEST_INVALID" },
            { "GET", $"{Base}/blobs/sha256:", 400, "DIGEST_INVALID" },
            { "GET", $"{Base}/referrers/sha256:x", 400, "DIGEST_INVALID" },
            { "GET", "/v2/team/none/tags/list", 404, "NAME_UNKNOWN" },
            { "GET", "/v2/team/none/manifests/1", 404, "NAME_UNKNOWN" },
            { "GET", $"/v2/team/none/blobs/{Layer.Digest}", 404, "NAME_UNKNOWN" },
            { "GET", "/v2/Team/app/tags/list", 400, "NAME_INVALID" },
            { "GET", $"/v2/{new string('a', 300)}/tags/list", 400, "NAME_INVALID" },
            { "GET", "/v2//tags/list", 400, "NAME_INVALID" },
            { "GET", "/v2/team//app/tags/list", 400, "NAME_INVALID" },
            { "GET", "/v2/team%2fapp/tags/list", 400, "NAME_INVALID" },
            { "GET", "/v2/team%2Fapp/manifests/1", 400, "NAME_INVALID" },
            { "GET", $"{Base}/tags/list?n=x", 400, "PAGINATION_NUMBER_INVALID" },
            { "GET", $"{Base}/tags/list?n=-1", 400, "PAGINATION_NUMBER_INVALID" },
            { "GET", "/v2/_catalog?n=99999999999", 400, "PAGINATION_NUMBER_INVALID" },
            { "GET", "/v2/nothing", 404, "NAME_UNKNOWN" },
            { "GET", "/", 404, "NAME_UNKNOWN" },
            { "GET", "/v1/search", 404, "NAME_UNKNOWN" },
            { "POST", $"{Base}/blobs/uploads/", 405, "UNSUPPORTED" },
            { "POST", $"{Base}/blobs/uploads/?digest={Absent}", 405, "UNSUPPORTED" },
            { "PATCH", $"{Base}/blobs/uploads/1", 405, "UNSUPPORTED" },
            { "PUT", $"{Base}/manifests/1", 405, "UNSUPPORTED" },
            { "DELETE", $"{Base}/manifests/1", 405, "UNSUPPORTED" },
            { "DELETE", $"{Base}/blobs/{Layer.Digest}", 405, "UNSUPPORTED" },
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task What_cannot_be_given_is_refused_in_the_words_of_the_specification(
        string method,
        string target,
        int status,
        string? code
    ) => (await Registry.ErrorAsync(new HttpMethod(method), target)).ShouldBe((status, code));

    [Fact]
    public async Task A_refused_method_names_those_there_are()
    {
        using var response = await Registry.SendAsync(HttpMethod.Put, $"{Base}/manifests/1");

        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD"]);
    }

    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/")]
    public async Task The_base_says_that_this_is_a_registry(string target)
    {
        using var response = await Registry.GetAsync(target);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Docker-Distribution-Api-Version").ShouldBe(["registry/2.0"]);
    }

    [Theory]
    [InlineData("GET", "1")]
    [InlineData("HEAD", "1")]
    [InlineData("GET", null)]
    [InlineData("HEAD", null)]
    public async Task A_manifest_comes_by_tag_and_by_digest(string method, string? tag)
    {
        using var response = await Registry.SendAsync(
            new HttpMethod(method),
            $"{Base}/manifests/{tag ?? Index.Digest.ToString()}"
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(MediaTypes.OciIndex);
        response.Content.Headers.ContentLength.ShouldBe(Index.Bytes.Length);
        response.Headers.GetValues("Docker-Content-Digest").ShouldBe([Index.Digest.ToString()]);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(method == "GET" ? Index.Bytes : []);
    }

    [Fact]
    public async Task A_manifest_of_an_index_comes_by_digest_with_its_own_type()
    {
        using var response = await Registry.GetAsync($"{Base}/manifests/{Manifest.Digest}");

        response.Content.Headers.ContentType!.MediaType.ShouldBe(MediaTypes.OciManifest);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(Manifest.Bytes);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_blob_comes_whole(string method)
    {
        foreach (var blob in new[] { ConfigBlob, Layer, Empty })
        {
            using var response = await Registry.SendAsync(new HttpMethod(method), $"{Base}/blobs/{blob.Digest}");

            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentLength.ShouldBe(blob.Bytes.Length);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            response.Headers.AcceptRanges.ShouldBe(["bytes"]);
            response.Headers.GetValues("Docker-Content-Digest").ShouldBe([blob.Digest.ToString()]);
            (await response.Content.ReadAsByteArrayAsync()).ShouldBe(method == "GET" ? blob.Bytes : []);
        }
    }

    [Fact]
    public async Task A_digest_whose_colon_is_encoded_is_the_same() =>
        (await Registry.BytesAsync($"{Base}/blobs/sha256%3a{Layer.Digest.Hex}")).ShouldBe(Layer.Bytes);

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=0-", 0, 300_000)]
    [InlineData("bytes=299999-", 299_999, 1)]
    [InlineData("bytes=1000-1999", 1000, 1000)]
    [InlineData("bytes=131071-131073", 131_071, 3)]
    [InlineData("bytes=1000-99999999999999999999999", 1000, 299_000)]
    [InlineData("bytes=-1", 299_999, 1)]
    [InlineData("bytes=-400000", 0, 300_000)]
    public async Task A_range_of_a_blob_is_206_and_exactly_that(string range, int from, int length)
    {
        using var response = await Registry.GetAsync($"{Base}/blobs/{Layer.Digest}", range);

        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes {from}-{from + length - 1}/300000");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.AsSpan().SequenceEqual(Layer.Bytes.AsSpan(from, length)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("bytes=300000-")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("bytes=-0")]
    public async Task A_range_behind_the_end_is_416_with_the_size(string range)
    {
        using var response = await Registry.GetAsync($"{Base}/blobs/{Layer.Digest}", range);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        response.Content.Headers.ContentRange!.ToString().ShouldBe("bytes */300000");
        (await Registry.ErrorAsync(HttpMethod.Get, $"{Base}/blobs/{Layer.Digest}", range)).Code.ShouldBe(
            "RANGE_INVALID"
        );
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=5-1")]
    [InlineData("bytes=x-y")]
    [InlineData("bytes=-")]
    [InlineData("bytes=--5")]
    [InlineData("lines=0-1")]
    public async Task A_range_that_is_none_or_several_is_passed_over(string range)
    {
        using var response = await Registry.GetAsync($"{Base}/blobs/{Layer.Digest}", range);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(300_000);
    }

    [Fact]
    public async Task Nothing_of_an_empty_blob_can_be_asked_for() =>
        (await Registry.ErrorAsync(HttpMethod.Get, $"{Base}/blobs/{Empty.Digest}", "bytes=0-")).Status.ShouldBe(416);

    [Fact]
    public async Task Tags_come_in_lexical_order_whatever_their_case()
    {
        var list = await Registry.JsonAsync($"{Base}/tags/list");

        list.GetProperty("name").GetString().ShouldBe("team/app");
        Items(list, "tags").ShouldBe(["1", "A", "b", "c"]);
    }

    [Theory]
    [InlineData("/v2/team/app/tags/list", "tags", 4)]
    [InlineData("/v2/r.io/team/app/tags/list", "tags", 4)]
    [InlineData("/v2/_catalog", "repositories", 2)]
    public async Task Lists_come_in_pages_that_link_to_the_next(string target, string key, int count)
    {
        var all = Items(await Registry.JsonAsync(target), key);
        all.Length.ShouldBe(count);
        foreach (var size in new[] { 1, 2, 3, 4, 100 })
        {
            var (seen, next) = (new List<string>(), $"{target}?n={size}");
            while (next is not null)
            {
                using var response = await Registry.GetAsync(next);
                using var page = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                var items = Items(page.RootElement, key);
                items.Length.ShouldBeInRange(1, size);
                seen.AddRange(items);
                next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
                (response.Headers.Contains("Link") ? "; rel=\"next\"" : "").ShouldBe(
                    links?.Single().Split('>')[1] ?? ""
                );
            }
            seen.ShouldBe(all);
        }
    }

    [Theory]
    [InlineData("n=0", "")]
    [InlineData("last=A", "b c")]
    [InlineData("last=aa", "b c")]
    [InlineData("last=b&n=1", "c")]
    [InlineData("last=zzz", "")]
    public async Task Lists_begin_after_the_last_that_is_known(string query, string expected) =>
        string.Join(' ', Items(await Registry.JsonAsync($"{Base}/tags/list?{query}"), "tags")).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("?artifactType=application/spdx%2Bjson")]
    public async Task Referrers_are_an_empty_index(string query)
    {
        using var response = await Registry.GetAsync($"{Base}/referrers/{Manifest.Digest}{query}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(MediaTypes.OciIndex);
        ImageIndex.Parse(await response.Content.ReadAsByteArrayAsync(), "answer").Manifests.ShouldBeEmpty();
        response.Headers.Contains("OCI-Filters-Applied").ShouldBe(query.Length > 0);
    }

    [Fact]
    public async Task Referrers_of_what_is_not_there_are_no_404() =>
        (await Registry.JsonAsync($"/v2/team/none/referrers/{Absent}"))
            .GetProperty("manifests")
            .GetArrayLength()
            .ShouldBe(0);

    private static string[] Items(System.Text.Json.JsonElement list, string key) =>
        [.. list.GetProperty(key).EnumerateArray().Select(item => item.GetString()!)];
}
