using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Cli;

public sealed class The_readme_and_the_docs
{
    private static readonly int[] Judged = [0, 10, 11];

    public static TheoryData<string> Commands()
    {
        var lines = File.ReadLines(RepositoryRoot.PathOf("README.md"))
            .Where(line => line.StartsWith("./imrel ", StringComparison.Ordinal))
            .Select(line => line.Split('#')[0].Trim());
        return [.. lines.Distinct(StringComparer.Ordinal)];
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Show_commands_that_run(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var finished = await new Run(RepositoryRoot.PathOf("imrel"), words[1..]).ToEndAsync();

        Judged.ShouldContain(finished.ExitCode, finished.Error);
    }

    [Fact]
    public async Task Claim_that_the_release_is_refused_with_10_and_exit_11_for_another_k0s()
    {
        var imrel = RepositoryRoot.PathOf("imrel");

        (await new Run(imrel, "check", "releases/v0.5.0.yaml").ToEndAsync()).ExitCode.ShouldBe(10);
        (
            await new Run(imrel, "check", "releases/v0.5.0.yaml", "--k0s", "v1.24.17+k0s.0").ToEndAsync()
        ).ExitCode.ShouldBe(11);
    }

    [Fact]
    public void Link_only_to_pages_that_are_there()
    {
        var pages = Directory.GetFiles(RepositoryRoot.PathOf("docs"), "*.md", SearchOption.AllDirectories);
        foreach (var page in pages.Append(RepositoryRoot.PathOf("README.md")))
        {
            foreach (var link in Links(File.ReadAllText(page)))
                Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)).ShouldBeTrue($"{page} links to {link}");
        }
    }

    private static IEnumerable<string> Links(string text) =>
        text.Split("](")
            .Skip(1)
            .Select(rest => rest.Split(')')[0].Split('#')[0])
            .Where(link => link.Length > 0 && !link.StartsWith("http", StringComparison.Ordinal));
}
