using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Pull;

public sealed class A_release_that_is_pulled : IAsyncLifetime
{
    private FakeRelease _release = null!;

    public async Task InitializeAsync() => _release = await FakeRelease.StartAsync();

    public async Task DisposeAsync() => await _release.DisposeAsync();

    [Fact]
    public void Is_in_the_store_whole_with_what_images_share_fetched_once()
    {
        var shared = FakeRelease.Layer("shared");
        _release.Pin("a", "x/a", _release.AddManifest("x/a", shared, FakeRelease.Layer("a")));
        _release.Pin("b", "x/b", _release.AddManifest("x/b", shared, FakeRelease.Layer("b"), shared));

        var run = _release.Pull();

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("2 images, 5 blobs");
        run.Out.ShouldContain("fake 1.0.0 is complete and verified");
        _release.Stored().Count.ShouldBe(7);
        _release.Registry.Count(Digest.Of(shared).ToString()).ShouldBe(1);
    }

    [Fact]
    public void Asks_nobody_for_what_is_there()
    {
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));
        _release.Pull().ExitCode.ShouldBe(ExitCode.Sound);
        _release.Registry.Requests.Clear();

        var again = _release.Pull();

        again.ExitCode.ShouldBe(ExitCode.Sound);
        again.Out.ShouldContain("nothing was fetched");
        _release.Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Leaves_out_other_platforms_keeps_the_index_as_it_is_and_attestations_of_what_it_keeps()
    {
        var (amd, arm) = (
            _release.AddManifest("x/a", FakeRelease.Layer("amd")),
            _release.AddManifest("x/a", FakeRelease.Layer("arm"))
        );
        var (ofAmd, ofArm) = (
            _release.AddManifest("x/a", FakeRelease.Layer("1")),
            _release.AddManifest("x/a", FakeRelease.Layer("2"))
        );
        var index = _release.AddIndex(
            "x/a",
            (amd, FakeRelease.On("amd64")),
            (arm, FakeRelease.On("arm64")),
            (ofAmd, Attests(amd)),
            (ofArm, Attests(arm))
        );
        _release.Pin("a", "x/a", index);

        _release.Pull().ExitCode.ShouldBe(ExitCode.Sound);

        _release.Stored().ShouldContain(index.Digest.Hex);
        _release.Stored().ShouldContain(ofAmd.Digest.Hex);
        _release.Stored().ShouldNotContain(arm.Digest.Hex);
        _release.Stored().ShouldNotContain(ofArm.Digest.Hex);
        _release.Registry.Count(arm.Digest.ToString()).ShouldBe(0);
        using var names = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_release.Store, "index.json")));
        var entry = names.RootElement.GetProperty("manifests")[0];
        entry.GetProperty("digest").GetString().ShouldBe(index.Digest.ToString());
        entry
            .GetProperty("annotations")
            .GetProperty("org.opencontainers.image.ref.name")
            .GetString()
            .ShouldBe($"{_release.Registry.Host}/x/a:1.0.0");
    }

    [Theory]
    [InlineData("linux/arm64", 1)]
    [InlineData("linux/amd64,linux/arm64", 2)]
    [InlineData("all", 2)]
    public void Has_the_platforms_that_are_asked_for(string platforms, int manifests)
    {
        var (amd, arm) = (
            _release.AddManifest("x/a", FakeRelease.Layer("amd")),
            _release.AddManifest("x/a", FakeRelease.Layer("arm"))
        );
        _release.Pin(
            "a",
            "x/a",
            _release.AddIndex("x/a", (amd, FakeRelease.On("amd64")), (arm, FakeRelease.On("arm64")))
        );

        _release.Pull("--platform", platforms).ExitCode.ShouldBe(ExitCode.Sound);

        _release.Stored().Count(file => file == amd.Digest.Hex || file == arm.Digest.Hex).ShouldBe(manifests);
    }

    [Fact]
    public void Is_only_planned_in_a_dry_run()
    {
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));

        var run = _release.Pull("--dry-run");

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain("to fetch: 2 blobs, 4.0 kB; here: 0 B");
        _release.Registry.Count("/blobs/").ShouldBe(0);
        Directory.Exists(_release.Store).ShouldBeFalse();
    }

    [Fact]
    public void Brings_a_damaged_blob_again()
    {
        var layer = FakeRelease.Layer("a");
        _release.Pin("a", "x/a", _release.AddManifest("x/a", layer));
        _release.Pull();
        var file = _release.Blob(Digest.Of(layer));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(file, FakeRelease.Layer("b"));

        _release.RunOnStore("verify").ExitCode.ShouldBe(ExitCode.Integrity);
        _release.Pull().ExitCode.ShouldBe(ExitCode.Sound);

        _release.RunOnStore("verify").ExitCode.ShouldBe(ExitCode.Sound);
        File.ReadAllBytes(file).ShouldBe(layer);
    }

    [Fact]
    public void Can_come_from_a_layout_with_no_request_at_all()
    {
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));
        _release.Pull();
        _release.Registry.Requests.Clear();
        using var folder = new TemporaryFolder();

        var run = Cli.Imrel.Run(
            "pull",
            _release.Manifest,
            "--store",
            folder.File("other"),
            "--from",
            $"oci:{_release.Store}"
        );

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        _release.Registry.Requests.ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(folder.File("other"), "blobs", "sha256")).Length.ShouldBe(3);
    }

    [Fact]
    public void Is_reported_as_JSON()
    {
        using var folder = new TemporaryFolder();
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));

        _release.Pull("--report", folder.File("report.json"));

        using var json = JsonDocument.Parse(File.ReadAllBytes(folder.File("report.json")));
        var result = json.RootElement.GetProperty("result");
        result.GetProperty("blobs").GetInt32().ShouldBe(2);
        result.GetProperty("fetched").GetInt64().ShouldBe(result.GetProperty("toFetch").GetInt64());
    }

    private static string Attests(Descriptor manifest) =>
        $$"""
            "platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"{{manifest.Digest}}"}
            """;
}
