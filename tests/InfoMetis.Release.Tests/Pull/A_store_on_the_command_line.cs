using System.Text.Json;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Pull;

public sealed class A_store_on_the_command_line : IAsyncLifetime
{
    private FakeRelease _release = null!;

    public async Task InitializeAsync()
    {
        _release = await FakeRelease.StartAsync();
        _release.Pin("a", "x/a", _release.AddManifest("x/a", FakeRelease.Layer("a", 100_000)));
        _release.Pull().ExitCode.ShouldBe(ExitCode.Sound);
    }

    public async Task DisposeAsync() => await _release.DisposeAsync();

    [Fact]
    public void Says_what_a_release_takes()
    {
        var run = _release.RunOnStore("status", _release.Manifest);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain("fake 1.0.0");
        run.Out.ShouldContain("complete");
        run.Out.ShouldContain("3 blobs, 100 kB");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("verify")]
    [InlineData("prune", "--dry-run")]
    public void Speaks_JSON(params string[] command)
    {
        using var json = JsonDocument.Parse(_release.RunOnStore([.. command, "--format", "json"]).Out);

        json.RootElement.GetProperty("apiVersion").GetString().ShouldBe("infometis.io/store/v1");
    }

    [Fact]
    public void Gives_up_what_no_release_needs_and_nothing_in_a_dry_run()
    {
        using var folder = new TemporaryFolder();
        var other = folder.Write(
            "other.yaml",
            System.Text.Encoding.UTF8.GetBytes(
                File.ReadAllText(_release.Manifest)
                    .Replace("@sha256:", $"@sha256:{new string('0', 64)} #", StringComparison.Ordinal)
            )
        );

        _release.RunOnStore("prune", "--keep", other, "--dry-run").Out.ShouldContain("would remove 3 blobs");
        _release.Stored().Count.ShouldBe(3);
        _release.RunOnStore("prune", "--keep", other).Out.ShouldContain("removed 3 blobs");

        _release.Stored().ShouldBeEmpty();
        _release.RunOnStore("status").Out.ShouldContain("0 blobs");
    }

    [Fact]
    public void Keeps_what_its_index_names_where_nothing_else_is_said()
    {
        _release.RunOnStore("prune").Out.ShouldContain("removed 0 blobs, 0 B; kept 3 blobs");

        _release.Stored().Count.ShouldBe(3);
    }

    [Fact]
    public void Names_a_damaged_blob_and_its_state()
    {
        var file = Path.Combine(_release.Store, "blobs", "sha256", _release.Stored()[0]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(file, "more");

        var run = _release.RunOnStore("verify");

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain(Path.GetFileName(file));
    }
}
