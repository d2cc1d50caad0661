using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Pull;

public sealed class Images_that_call_a_layer_by_different_names : IAsyncLifetime
{
    private const string Docker = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private FakeRelease _release = null!;

    public async Task InitializeAsync() => _release = await FakeRelease.StartAsync();

    public async Task DisposeAsync() => await _release.DisposeAsync();

    /// <summary>A bundle took the media type of whichever image was looked at first, and then did not agree with itself.</summary>
    [Fact]
    public async Task Keep_each_its_own_and_the_layer_is_fetched_once()
    {
        var shared = FakeRelease.Layer("shared");
        _release.Pin("a", "x/a", _release.AddManifest("x/a", shared));
        _release.Pin("b", "x/b", _release.AddManifestOf(Docker, "x/b", shared));

        var run = _release.Pull();
        var manifest = ManifestReader.Read(_release.Write(), [])!;
        using var store = ContentStore.At(_release.Store, TimeProvider.System);
        var plan = await ReleasePull.Offline(store, new PullOptions()).PlanAsync(manifest, CancellationToken.None);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        _release.Registry.Count(Digest.Of(shared).ToString()).ShouldBe(1);
        plan.Images.Select(image => image.Blobs[^1].Content.MediaType).ShouldBe([Samples.Layer, Docker]);
        plan.Blobs.Count(blob => blob.Content.Digest == Digest.Of(shared)).ShouldBe(1);
    }
}
