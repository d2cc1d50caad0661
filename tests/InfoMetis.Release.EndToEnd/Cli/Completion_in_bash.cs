using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Cli;

public sealed class Completion_in_bash
{
    /// <summary>Runs what docs/completion.md tells people to put into their shell, as bash would call it.</summary>
    [ToolTheory("bash")]
    [InlineData("imrel k0s sh", "show")]
    [InlineData("imrel check x --format s", "sarif")]
    public async Task Completes_what_is_typed(string typed, string completed)
    {
        var page = await File.ReadAllTextAsync(RepositoryRoot.PathOf("docs", "completion.md"));
        var script = page.Split("```bash\n")[1].Split("```")[0];
        var shell = new Run(
            "bash",
            "-c",
            $"{script}\nCOMP_LINE=$1 COMP_POINT=${{#1}}\n_imrel\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"",
            "bash",
            typed
        )
        {
            Variables = new Dictionary<string, string?> { ["PATH"] = $"{ImrelProgram.Folder}:{Tools.SearchPath}" },
        };

        var finished = await shell.ToEndAsync();

        finished.ExitCode.ShouldBe(0, finished.Error);
        finished.Output.Split('\n').ShouldContain(completed);
    }
}
