using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Pull;

public sealed class A_release_that_cannot_be_pulled : IAsyncLifetime
{
    private FakeRelease _release = null!;

    public async Task InitializeAsync() => _release = await FakeRelease.StartAsync();

    public async Task DisposeAsync() => await _release.DisposeAsync();

    [Fact]
    public void Lacks_one_image_and_has_all_the_others()
    {
        _release.Pin("gone", "x/gone", $"sha256:{new string('a', 64)}");
        _release.Pin("here", "x/here", _release.AddManifest("x/here", FakeRelease.Layer("here")));

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Error.ShouldContain("gone");
        run.Out.ShouldContain("1 of 2 images, 2 blobs");
        run.Out.ShouldContain("fake 1.0.0 is not complete");
        _release.Stored().Count.ShouldBe(3);
        File.ReadAllText(Path.Combine(_release.Store, "index.json")).ShouldContain("x/here:1.0.0");
    }

    [Fact]
    public void Is_not_pinned()
    {
        var file = _release.Write();
        File.AppendAllText(file, $"  - name: a\n    image: {_release.Registry.Host}/x/a:1.0.0\n");

        var run = Cli.Imrel.Run("pull", file, "--store", _release.Store);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldContain("IMR1020");
        _release.Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Lacks_the_platform_and_names_those_there_are()
    {
        var arm = _release.AddManifest("x/a", FakeRelease.Layer("arm"));
        _release.Pin("a", "x/a", _release.AddIndex("x/a", (arm, FakeRelease.On("arm64"))));

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldContain("x/a:1.0.0 is not there for linux/amd64");
        run.Error.ShouldContain("It is there for linux/arm64");
        _release.Stored().ShouldBeEmpty();
    }

    [Fact]
    public void Is_a_single_image_for_another_platform()
    {
        _release.Pin("a", "x/a", _release.AddManifestFor("arm64", "x/a", FakeRelease.Layer("arm")));

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldContain("x/a:1.0.0 is not there for linux/amd64");
        File.Exists(Path.Combine(_release.Store, "index.json")).ShouldBeTrue();
        File.ReadAllText(Path.Combine(_release.Store, "index.json")).ShouldNotContain("x/a");
        _release.Pull("--platform", "linux/arm64").ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Is_missing_offline_and_no_socket_is_opened_to_look_for_it()
    {
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));

        var run = _release.Pull("--offline");

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Error.ShouldContain("IMR3014 a: sha256:");
        _release.Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Lacks_one_blob_offline_and_names_it()
    {
        var layer = FakeRelease.Layer("a");
        _release.Pin("a", "x/a", _release.AddManifest("x/a", layer));
        _release.Pull();
        File.Delete(_release.Blob(Digest.Of(layer)));
        _release.Registry.Requests.Clear();

        var run = _release.Pull("--offline");

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Error.ShouldContain(Digest.Of(layer).ToString());
        _release.Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Has_a_layer_of_the_right_length_and_the_wrong_bytes()
    {
        var layer = FakeRelease.Layer("right");
        _release.Pin("a", "x/a", _release.AddManifest("x/a", layer));
        _release.Registry.Always(
            Digest.Of(layer).ToString(),
            Nasty.Bytes(200, Samples.Layer, FakeRelease.Layer("wrong"))
        );

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain(Digest.Of(layer).ToString());
        _release.Stored().ShouldNotContain(Digest.Of(layer).Hex);
        _release.Registry.Count(Digest.Of(layer).ToString()).ShouldBe(1);
        File.ReadAllText(Path.Combine(_release.Store, "index.json")).ShouldNotContain("x/a");
    }

    [Fact]
    public void Is_nested_without_end()
    {
        var inner = _release.AddManifest("x/a", FakeRelease.Layer("a"));
        var index = _release.AddIndex("x/a", (inner, FakeRelease.On("amd64")));
        for (var level = 0; level < 12; level++)
            index = _release.AddIndex("x/a", (index, FakeRelease.On("amd64")));
        _release.Pin("a", "x/a", index);

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain("IMR4007");
        _release.Stored().ShouldBeEmpty();
    }

    /// <summary>Whoever finds a digest that stands inside what it names has broken SHA-256; to lie is easier.</summary>
    [Fact]
    public void Is_pinned_to_an_index_that_names_itself()
    {
        var digest = Digest.Of("any"u8);
        var entry = $$"""{"mediaType":"{{MediaTypes.OciIndex}}","digest":"{{digest}}","size":300}""";
        var index = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{entry}}]}""";
        _release.Registry.Always(
            digest.ToString(),
            Nasty.Bytes(200, MediaTypes.OciIndex, Encoding.UTF8.GetBytes(index))
        );
        _release.Pin("a", "x/a", digest.ToString());

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        _release.Stored().ShouldBeEmpty();
        _release.Registry.Count(digest.ToString()).ShouldBe(1);
    }

    [Fact]
    public void Announces_another_size_than_its_manifest_has()
    {
        var inner = _release.AddManifest("x/a", FakeRelease.Layer("a"));
        _release.Pin(
            "a",
            "x/a",
            _release.AddIndex("x/a", (inner with { Size = inner.Size + 1 }, FakeRelease.On("amd64")))
        );

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        _release.Stored().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""")]
    public void Is_pinned_to_no_image(string document)
    {
        _release.Pin("a", "x/a", _release.Registry.Add("x/a", Encoding.UTF8.GetBytes(document), MediaTypes.OciIndex));

        _release.Pull().ExitCode.ShouldBeOneOf(ExitCode.Integrity, ExitCode.RegistrySaidNo);

        _release.Stored().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--jobs", "0")]
    [InlineData("--jobs", "257")]
    [InlineData("--jobs", "many")]
    [InlineData("--from", "somewhere")]
    [InlineData("--platform", "linux/amd46")]
    [InlineData("--log-format", "xml")]
    public void Is_asked_for_in_the_wrong_words(string option, string value)
    {
        _release.Pull(option, value).ExitCode.ShouldBe(ExitCode.Usage);

        _release.Registry.Requests.ShouldBeEmpty();
    }
}
