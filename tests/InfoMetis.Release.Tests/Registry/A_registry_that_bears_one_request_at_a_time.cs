using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>A turn that is not given back would let the next request wait forever.</summary>
public sealed class A_registry_that_bears_one_request_at_a_time : RegistryTest
{
    private static readonly byte[] Content = SomeBytes(1_000_000);

    private Descriptor _blob = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _blob = Registry.Add(Repository, Content, Samples.Layer);
    }

    [Fact]
    public async Task Is_asked_again_after_a_body_that_nobody_read()
    {
        var source = One();
        (await source.FetchAsync(_blob, 0, CancellationToken.None)).Dispose();
        (await PullAsync(source, _blob)).ShouldBe(Content);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(204)]
    public async Task Is_asked_again_after_a_refusal(int status)
    {
        var source = One();
        Registry.Next("/blobs/", Nasty.Status(status));
        await FailureOf(() => source.Endpoints[0].FetchAsync(_blob, 0, CancellationToken.None));
        (await PullAsync(source, _blob)).ShouldBe(Content);
    }

    [Fact]
    public async Task Is_asked_for_a_token_and_redirects_to_itself()
    {
        new FakeTokens(Registry).Open(Registry);
        Registry.Next("/blobs/", Nasty.Redirect($"/v2/{Repository}/blobs/{_blob.Digest}"));
        (await PullAsync(One(), _blob)).ShouldBe(Content);
    }

    [Fact]
    public async Task Is_asked_again_after_breaks_and_wrong_answers()
    {
        var source = One();
        Registry.Next(
            "/blobs/",
            Nasty.Reset(Content, 70_000),
            Nasty.Cut(Content, 70_000),
            Nasty.Header("Content-Encoding", "br", Nasty.Bytes(200, null, Content))
        );
        var finding = await FailureOf(() => PullAsync(source, _blob));
        finding.Code.ShouldBe(Codes.BadAnswer);
        (await PullAsync(source, _blob)).ShouldBe(Content);
    }

    [Fact]
    public async Task Is_asked_by_many_in_turn()
    {
        var source = One();
        var pulled = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PullAsync(source, _blob)));
        foreach (var bytes in pulled)
            bytes.ShouldBe(Content);
    }

    private RegistrySource One() => Source(Options() with { FirstRequests = 1, MostRequests = 1 });
}
