using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Oci;

public sealed class The_graph_of_an_image
{
    private static readonly Sample Config = Sample.Of("{}", "application/vnd.oci.image.config.v1+json");
    private static readonly Sample Layer = Sample.Of("layer");
    private static readonly Sample Manifest = Sample.Manifest(Config, Layer, Layer);

    [Fact]
    public async Task Lists_each_content_once_and_parents_before_children()
    {
        var index = Sample.Index((Manifest, "linux/amd64"), (Manifest, "linux/arm64"));
        var graph = await WalkAsync(index, index, Manifest, Config, Layer);
        graph.Present.Select(d => d.Digest).ShouldBe([index.Digest, Manifest.Digest, Config.Digest, Layer.Digest]);
        graph.Missing.ShouldBeEmpty();
        graph.LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tells_a_platform_left_out_from_a_layer_that_is_missing()
    {
        var other = Sample.Manifest(Config, Sample.Of("other"));
        var index = Sample.Index((Manifest, "linux/amd64"), (other, "linux/arm64"));
        var graph = await WalkAsync(index, index, Manifest, Config);
        graph.Missing.Select(d => d.Digest).ShouldBe([Layer.Digest]);
        graph.LeftOut.Select(d => d.Digest).ShouldBe([other.Digest]);
    }

    [Fact]
    public async Task Is_missing_altogether_where_its_root_is()
    {
        var graph = await WalkAsync(Manifest, Config, Layer);
        graph.Present.ShouldBeEmpty();
        graph.Missing.ShouldBe([Manifest.Descriptor]);
    }

    [Theory]
    [InlineData(GraphWalk.DeepestLevel - 2, true)]
    [InlineData(GraphWalk.DeepestLevel, false)]
    public async Task Is_followed_only_so_deep(int indexes, bool isFollowed)
    {
        var chain = new List<Sample> { Manifest };
        for (var i = 0; i < indexes; i++)
            chain.Add(Sample.Index((chain[^1], null)));
        var walk = () => WalkAsync(chain[^1], [.. chain, Config, Layer]);
        if (isFollowed)
            (await walk()).Present.Count.ShouldBe(indexes + 3);
        else
            (await Should.ThrowAsync<ReleaseException>(walk)).Finding.Code.ShouldBe(Codes.GraphTooLarge);
    }

    [Fact]
    public async Task Is_not_followed_through_a_document_of_wrong_bytes()
    {
        var wrong = Manifest with { Bytes = Sample.Manifest(Layer, Layer, Config).Bytes };
        var failure = await Should.ThrowAsync<ReleaseException>(() => WalkAsync(wrong, wrong, Config, Layer));
        failure.Finding.Code.ShouldBe(Codes.ContentWrongDigest);
    }

    private static Task<ImageGraph> WalkAsync(Sample root, params Sample[] stored) =>
        new GraphWalk(new MemoryStore(stored)).WalkAsync(root.Descriptor, default);

    private sealed class MemoryStore(Sample[] stored) : IContentStore
    {
        public Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken) =>
            Task.FromResult(stored.Any(s => s.Digest == target.Digest));

        public Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken) =>
            Task.FromResult<Stream>(stored.First(s => s.Digest == target.Digest).Stream());

        public Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
