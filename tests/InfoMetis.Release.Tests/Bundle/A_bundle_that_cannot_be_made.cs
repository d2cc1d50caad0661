using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Bundle;

public sealed class A_bundle_that_cannot_be_made : IDisposable
{
    private readonly SampleRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public void Has_an_image_without_a_pin()
    {
        var run = Imrel.Run(
            "bundle",
            Imrel.Release,
            "--output",
            _release.PathOf("out"),
            "--store",
            _release.Store,
            "--allow-unsigned"
        );

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Error.ShouldContain("IMR1020");
        Directory.Exists(_release.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public void Does_not_fit_its_k0s_unless_somebody_answers_for_it()
    {
        Change("pause:3.5@", "pause:3.6@");

        var refused = _release.Run("out");

        refused.ExitCode.ShouldBe(ExitCode.CouplingRefused);
        refused.Error.ShouldContain("IMR2003");
        Directory.Exists(_release.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public void Is_made_for_whoever_answers_for_it_and_says_so()
    {
        Change("pause:3.5@", "pause:3.6@");

        var run = _release.Run("out", "--accept", "IMR2003=tried on the bench, ticket 7");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("accepted:  IMR2003");
        var inventory = File.ReadAllText(
            Path.Combine(_release.PathOf("out"), "infometis-0.5.0-linux-amd64", "inventory.json")
        );
        inventory.ShouldContain("\"reason\": \"tried on the bench, ticket 7\"");
    }

    [Theory]
    [InlineData("IMR2003")]
    [InlineData("IMR2003=")]
    [InlineData("IMR2003= ")]
    [InlineData("IMR1020=it will do")]
    [InlineData("IMR4003=it will do")]
    [InlineData("=it will do")]
    public void Is_accepted_in_the_wrong_words(string accept) =>
        _release.Run("out", "--accept", accept).ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public void Is_accepted_for_two_reasons_and_nobody_knows_which() =>
        _release.Run("out", "--accept", "IMR2003=one", "--accept", "IMR2003=another").ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public void Is_accepted_where_nothing_is_refused_which_is_said()
    {
        var run = _release.Run("out", "--dry-run", "--accept", "IMR2003=not since 0.5");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Error.ShouldContain("nothing was refused by IMR2003");
        run.Out.ShouldNotContain("accepted");
    }

    [Theory]
    [InlineData("--level", "0")]
    [InlineData("--level", "23")]
    [InlineData("--level", "hard")]
    [InlineData("--compression", "xz")]
    [InlineData("--part-size", "1")]
    [InlineData("--part-size", "4XB")]
    [InlineData("--part-size", "-4GB")]
    [InlineData("--part-size", "99999999999999999999GB")]
    [InlineData("--jobs", "0")]
    [InlineData("--from", "layout")]
    [InlineData("--platform", "linux/amd46")]
    public void Is_asked_for_in_the_wrong_words(string option, string value)
    {
        _release.Run("out", option, value).ExitCode.ShouldBe(ExitCode.Usage);

        Directory.Exists(_release.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public void Is_there_already()
    {
        var made = _release.Bundle("out");
        var before = File.GetLastWriteTimeUtc(Path.Combine(made, "inventory.json"));

        var run = _release.Run("out");

        run.ExitCode.ShouldBe(ExitCode.MachineUnfit);
        run.Error.ShouldContain("IMR6008");
        File.GetLastWriteTimeUtc(Path.Combine(made, "inventory.json")).ShouldBe(before);
    }

    [Fact]
    public void Lacks_content_and_leaves_nothing()
    {
        File.Delete(Directory.GetFiles(Path.Combine(_release.Layout, "blobs", "sha256"))[3]);

        _release.Run("out").ExitCode.ShouldNotBe(ExitCode.Sound);

        Left().ShouldBeEmpty();
    }

    [Fact]
    public void Is_only_judged_and_forecast_in_a_dry_run()
    {
        var run = _release.Run("out", "--dry-run");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("medium:    at most");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public void Finds_what_a_killed_run_left_and_removes_it()
    {
        var partial = Path.Combine(_release.PathOf("out"), ".infometis-0.5.0-linux-amd64.partial");
        Directory.CreateDirectory(partial);
        File.WriteAllText(Path.Combine(partial, "infometis-0.5.0-linux-amd64.tar.zst.0"), "half");

        _release.Bundle("out");

        Left().ShouldBe(["infometis-0.5.0-linux-amd64"]);
    }

    private void Change(string old, string now) =>
        File.WriteAllText(
            _release.Manifest,
            File.ReadAllText(_release.Manifest).Replace(old, now, StringComparison.Ordinal)
        );

    private IEnumerable<string?> Left() =>
        Directory.Exists(_release.PathOf("out"))
            ? Directory.EnumerateFileSystemEntries(_release.PathOf("out")).Select(Path.GetFileName)
            : [];
}
