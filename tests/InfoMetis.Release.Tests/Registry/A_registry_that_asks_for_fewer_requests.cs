using System.Globalization;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_asks_for_fewer_requests : RegistryTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Is_left_alone_for_the_seconds_it_names(int status)
    {
        var begin = Clock.GetUtcNow();
        Registry.Next("/manifests/", Nasty.Status(status, retryAfter: "120"));
        await Source().ResolveAsync("1.0", CancellationToken.None);
        (Clock.GetUtcNow() - begin).ShouldBeInRange(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(240));
    }

    [Fact]
    public async Task Is_left_alone_until_the_date_it_names()
    {
        var until = Clock.GetUtcNow().AddSeconds(90);
        Registry.Next("/manifests/", Nasty.Status(429, retryAfter: until.ToString("r", CultureInfo.InvariantCulture)));
        await Source().ResolveAsync("1.0", CancellationToken.None);
        Clock.GetUtcNow().ShouldBeGreaterThanOrEqualTo(until);
    }

    [Fact]
    public async Task For_longer_than_anyone_waits_is_not_asked_again_by_anybody()
    {
        Registry.Always("/manifests/", Nasty.Status(429, "TOOMANYREQUESTS", retryAfter: "21600"));
        var source = Source();
        var first = await FailureOf(() => source.ResolveAsync("1.0", CancellationToken.None));
        var second = await FailureOf(() => source.ResolveAsync("1.0", CancellationToken.None));
        first.Code.ShouldBe(Codes.TooManyRequests);
        first.Fact.ShouldContain("left alone for 6 h");
        second.Code.ShouldBe(Codes.TooManyRequests);
        second.Fact.ShouldEndWith("not asked again");
        Registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task In_words_nobody_understands_is_asked_again_at_the_usual_intervals()
    {
        Registry.Next("/manifests/", Nasty.Status(429, retryAfter: "soon"));
        await Source().ResolveAsync("1.0", CancellationToken.None);
        Clock.Waits.ShouldBe([new RetryPolicy().BaseDelay]);
    }

    [Fact]
    public async Task Gets_every_blob_served_in_the_end()
    {
        var blobs = Enumerable
            .Range(0, 24)
            .Select(i => Registry.Add(Repository, SomeBytes(20_000 + i), Samples.Layer))
            .ToList();
        Registry.Next("/blobs/", [.. Enumerable.Repeat(Nasty.Status(429, retryAfter: "1"), 10)]);
        var source = Source();
        var pulled = await Task.WhenAll(blobs.Select(blob => PullAsync(source, blob)));
        pulled.Select(bytes => (long)bytes.Length).ShouldBe(blobs.Select(blob => blob.Size));
    }
}
