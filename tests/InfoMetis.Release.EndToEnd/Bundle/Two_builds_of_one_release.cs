using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>However different the surroundings, the bytes are the same; only signatures differ.</summary>
public sealed class Two_builds_of_one_release(BundledRelease release) : IClassFixture<BundledRelease>
{
    private const string Nobody = "65534";

    private static readonly string[] Small = ["--part-size", "700000"];

    private BundleSite Site => release.Site;

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "sh")]
    public async Task Are_the_same_for_another_place_umask_language_clock_and_pace()
    {
        string[] cold = ["--jobs", "1", "--store", Site.Scratch.PathOf("another store")];
        var run = Site.BundleFrom("far/away/from the first", ["--registries", Site.Registries, .. cold]);

        ShouldBeTheSame(await Site.MadeAsync(Elsewhere(run, "077"), "far/away/from the first"));
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "sh")]
    public async Task Are_the_same_from_a_store_that_is_full_with_many_jobs_and_no_registry()
    {
        ShouldBeTheSame(await Site.BundleAsync("warm", "--jobs", "64"));
        string[] offline = ["--offline", "--store", Site.Site.Store.Folder];
        ShouldBeTheSame(await Site.MadeAsync(Elsewhere(Site.BundleFrom("offline", offline), "000"), "offline"));
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar")]
    public async Task Are_the_same_from_a_layout()
    {
        string[] layout = ["--from", $"oci:{Site.Site.Store.Folder}", "--store", Site.Scratch.PathOf("third store")];

        ShouldBeTheSame(await Site.MadeAsync(Site.BundleFrom("layout", layout), "layout"));
    }

    [ToolTheory("docker-registry", "busybox", "zstd", "tar", "sh")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public async Task Are_the_same_part_by_part_and_however_they_are_packed(string kind)
    {
        string[] packed = ["--compression", kind, .. Small];
        var one = await Site.BundleAsync($"one {kind}", ["--jobs", "1", .. packed]);
        var run = Site.Bundle($"other {kind}", ["--jobs", "64", .. packed]);
        var other = await Site.MadeAsync(Elsewhere(run, "027"), $"other {kind}");

        Directory.GetFiles(one, "*.part*").Length.ShouldBeGreaterThan(1);
        Made.Of(other).ShouldBe(Made.Of(one));
    }

    [RootFact("docker-registry", "busybox", "zstd", "tar", "chown", "setpriv")]
    public async Task Are_the_same_for_another_user()
    {
        using var theirs = new ScratchFolder();
        foreach (var file in new[] { "release.yaml", "registries.yaml", "release.key", "passphrase" })
            File.Copy(Site.Scratch.PathOf(file), theirs.PathOf(file));
        (await new Run("chown", "-R", Nobody, theirs.Folder).ToEndAsync()).ExitCode.ShouldBe(0);
        string[] nobody = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        var bundle = Site.Bundle("not here");
        string[] arguments =
        [
            .. bundle.Arguments.Select(one =>
                one.Replace(Site.Scratch.Folder, theirs.Folder, StringComparison.Ordinal)
            ),
        ];

        var made = await (
            bundle with
            {
                Program = "setpriv",
                Arguments = [.. nobody, bundle.Program, .. arguments],
                Folder = theirs.Folder,
                Variables = new Dictionary<string, string?>(bundle.Variables) { ["HOME"] = theirs.Folder },
            }
        ).ToEndAsync();

        made.ExitCode.ShouldBe(0, made.Output + made.Error);
        ShouldBeTheSame(theirs.PathOf("not here", BundleSite.Name));
    }

    private void ShouldBeTheSame(string bundle) => Made.Of(bundle).ShouldBe(Made.Of(release.Folder));

    /// <summary>In another language, half a day ahead, with another umask.</summary>
    private static Run Elsewhere(Run run, string umask) =>
        run with
        {
            Program = "sh",
            Arguments = ["-c", $"umask {umask} && exec \"$@\"", "sh", run.Program, .. run.Arguments],
            Variables = new Dictionary<string, string?>(run.Variables)
            {
                ["LC_ALL"] = "tr_TR.UTF-8",
                ["LANG"] = "ar_SA.UTF-8",
                ["TZ"] = "Pacific/Kiritimati",
            },
        };
}
