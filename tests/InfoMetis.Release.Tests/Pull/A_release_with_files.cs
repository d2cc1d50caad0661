using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Pull;

public sealed class A_release_with_files : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Tool = FakeRelease.Layer("tool", 10_000);

    private readonly Certificates _certificates = new();
    private readonly TemporaryFolder _folder = new();
    private FakeRelease _release = null!;
    private FakeRegistry _web = null!;

    public async Task InitializeAsync()
    {
        _release = await FakeRelease.StartAsync();
        _web = await FakeRegistry.StartAsync(_certificates.Server("127.0.0.1"));
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a")));
        _release.Carry(_web.AddFile("/get/tool-1.0", Tool), Tool);
    }

    public async Task DisposeAsync()
    {
        await _release.DisposeAsync();
        await _web.DisposeAsync();
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Has_them_in_its_store_as_it_has_images()
    {
        var run = Pull("--report", _folder.File("report.json"));

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("file tool-1.0");
        run.Out.ShouldContain("1 image, 1 file, 3 blobs");
        run.Out.ShouldContain("to fetch: 3 blobs, 14.0 kB");
        run.Out.ShouldContain("fake 1.0.0 is complete and verified");
        _release.Stored().ShouldContain(Digest.Of(Tool).Hex);
        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder.File("report.json")));
        var file = json.RootElement.GetProperty("result").GetProperty("files")[0];
        file.GetProperty("name").GetString().ShouldBe("tool-1.0");
        file.GetProperty("size").GetInt64().ShouldBe(Tool.Length);
    }

    [Fact]
    public void Asks_nobody_for_what_is_there()
    {
        Pull().ExitCode.ShouldBe(ExitCode.Sound);
        _web.Requests.Clear();

        var again = Pull();

        again.ExitCode.ShouldBe(ExitCode.Sound, again.Error);
        again.Out.ShouldContain("nothing was fetched");
        _web.Requests.ShouldBeEmpty();
        _release.Pull("--offline").ExitCode.ShouldBe(ExitCode.Sound);
    }

    [Fact]
    public void Refuses_other_bytes_and_has_its_images_all_the_same()
    {
        _web.Always("/get/", Nasty.Bytes(200, "text/html", Encoding.UTF8.GetBytes("<p>Who are you?")));

        var run = Pull();

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain("tool-1.0");
        run.Error.ShouldContain(Digest.Of(Tool).ToString());
        _release.Stored().Count.ShouldBe(3);
    }

    [Fact]
    public void Names_the_one_that_no_server_hands_out()
    {
        _web.Always("/get/", Nasty.Status(404));

        var run = Pull();

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Error.ShouldContain("IMR3015");
        run.Error.ShouldContain("release.yaml:12:5");
        run.Out.ShouldContain("1 of 1 image, 0 of 1 file");
    }

    [Theory]
    [InlineData("--offline")]
    [InlineData("--from")]
    public void Names_those_that_are_missing_without_a_network(string option)
    {
        var run = option == "--from" ? _release.Pull(option, $"oci:{WithoutFiles()}") : _release.Pull(option);

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Error.ShouldContain($"tool-1.0: {Digest.Of(Tool)} is not in the store");
        _web.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Takes_them_from_the_store_of_another_pull()
    {
        Pull().ExitCode.ShouldBe(ExitCode.Sound);
        _web.Requests.Clear();
        var other = _folder.File("other");

        var run = Imrel.Run("pull", _release.Manifest, "--store", other, "--from", $"oci:{_release.Store}");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        File.ReadAllBytes(Path.Combine(other, "blobs", "sha256", Digest.Of(Tool).Hex)).ShouldBe(Tool);
        _web.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Needs_them_in_the_eyes_of_its_store()
    {
        Pull().ExitCode.ShouldBe(ExitCode.Sound);

        _release.RunOnStore("status", _release.Manifest).Out.ShouldContain("needed by none of these: 0 B");
        _release.RunOnStore("prune", "--keep", _release.Manifest).Out.ShouldContain("removed 0 blobs");
        _release.RunOnStore("verify", _release.Manifest).ExitCode.ShouldBe(ExitCode.Sound);
        File.Delete(_release.Blob(Digest.Of(Tool)));

        _release.RunOnStore("status", _release.Manifest).Out.ShouldContain("1 missing");
        var verified = _release.RunOnStore("verify", _release.Manifest);
        verified.ExitCode.ShouldBe(ExitCode.Integrity);
        verified.Out.ShouldContain($"{Digest.Of(Tool)}\n  missing: ");
    }

    private Imrel Pull(params string[] more)
    {
        var registries =
            "apiVersion: infometis.io/registries/v1\nregistries:\n"
            + $"  {_web.Host}: {{ ca: '{Path.Combine(_certificates.Folder, "ca.pem")}' }}\n";
        return _release.Pull([
            "--registries",
            _folder.Write("registries.yaml", Encoding.UTF8.GetBytes(registries)),
            .. more,
        ]);
    }

    /// <summary>A layout with the images of the release and nothing else.</summary>
    private string WithoutFiles()
    {
        var layout = _folder.File("layout");
        _release.Write();
        Imrel.Run("pull", Trimmed(), "--store", layout).ExitCode.ShouldBe(ExitCode.Sound);
        return layout;
    }

    private string Trimmed() =>
        _folder.Write("trimmed.yaml", Encoding.UTF8.GetBytes(File.ReadAllText(_release.Manifest).Split("files:")[0]));
}
