using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

public sealed class The_shell_scripts
{
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
