using System.Text;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.Install;

namespace InfoMetis.Release.EndToEnd.House;

public sealed class The_shell_scripts
{
    /// <summary>
    /// Optional checks that make no sense for it: a case that names no other word does nothing for it (SC2249); braces around every
    /// variable are taste (SC2250); it does not rely on set -e, which conditions switch off (SC2310, SC2311); and a shell without
    /// pipefail tells only how the last part of a pipe ended (SC2312).
    /// </summary>
    private const string WithoutSense = "SC2249,SC2250,SC2310,SC2311,SC2312";

    private static readonly byte[] Install = InstallScript.For(
        new ScriptValues("infometis", "0.5.0", "linux/amd64", "v1.23.17+k0s.1", "zstd", "0.1.0+0123456789abcdef")
    );

    [ToolFact("shellcheck")]
    public async Task Give_shellcheck_nothing_to_say()
    {
        var scripts = SourceTree
            .Files.Where(file =>
                file.Path is "imrel" or "build.sh" or ".ci/run"
                || (file.Path.EndsWith(".sh", StringComparison.Ordinal) && !IsChapter(file.Path))
            )
            .Select(file => file.Path)
            .ToArray();
        scripts.Length.ShouldBeGreaterThanOrEqualTo(5);

        var finished = await new Run("shellcheck", ["--external-sources", .. scripts]).ToEndAsync();

        finished.ShouldBe(new Finished(0, "", ""));
    }

    [ToolTheory("shellcheck")]
    [InlineData("--shell=sh")]
    [InlineData("--shell=dash")]
    [InlineData("--shell=sh", "--enable=all", "--exclude=" + WithoutSense)]
    public async Task Give_shellcheck_nothing_to_say_of_what_installs_a_bundle(params string[] options)
    {
        using var scratch = new ScratchFolder();
        var script = scratch.Write("install.sh", Encoding.UTF8.GetString(Install));

        var finished = await new Run("shellcheck", ["--norc", .. options, script]).ToEndAsync();

        finished.ShouldBe(new Finished(0, "", ""));
    }

    [ToolTheory("dash", "busybox", "bash")]
    [InlineData("dash")]
    [InlineData("busybox", "ash")]
    [InlineData("bash", "--posix")]
    public async Task Are_understood_by_every_shell_that_may_install_a_bundle(string shell, params string[] options)
    {
        using var scratch = new ScratchFolder();
        var script = scratch.Write("install.sh", Encoding.UTF8.GetString(Install));

        var finished = await new Run(shell, [.. options, "-n", script]).ToEndAsync();

        finished.ShouldBe(new Finished(0, "", ""));
        (
            await new Run(shell, [.. options, "-n", scratch.Write("broken.sh", "if\n")]).ToEndAsync()
        ).ExitCode.ShouldNotBe(0);
    }

    /// <summary>What is no script by itself is judged as a part of one.</summary>
    private static bool IsChapter(string path) =>
        path.StartsWith("src/InfoMetis.Release/Install/", StringComparison.Ordinal);

    [Theory]
    [InlineData("imrel")]
    [InlineData("build.sh")]
    [InlineData(".ci/run")]
    [InlineData("build/install-test-tools.sh")]
    public void Can_be_executed(string script) =>
        File.GetUnixFileMode(RepositoryRoot.PathOf(script))
            .ShouldSatisfyAllConditions(
                mode => mode.HasFlag(UnixFileMode.UserExecute).ShouldBeTrue(),
                mode => mode.HasFlag(UnixFileMode.OtherExecute).ShouldBeTrue()
            );

    [Fact]
    public async Task List_the_targets_when_one_is_misspelt()
    {
        var finished = await new Run(RepositoryRoot.PathOf("build.sh"), "tset").ToEndAsync();

        finished.ExitCode.ShouldBe(2);
        finished.Output.ShouldBe("");
        finished.Error.ShouldStartWith("build.sh: there is no target 'tset'\n");
        foreach (var target in new[] { "build", "test", "format", "mutate", "bench", "publish", "pack" })
            finished.Error.ShouldContain($"\n  {target} ");
    }

    [Fact]
    public async Task Refuse_arguments_that_a_target_would_ignore()
    {
        var finished = await new Run(RepositoryRoot.PathOf("build.sh"), "test", "Some_test").ToEndAsync();

        finished.ExitCode.ShouldBe(2);
        finished.Error.ShouldContain("'Some_test'");
    }
}
