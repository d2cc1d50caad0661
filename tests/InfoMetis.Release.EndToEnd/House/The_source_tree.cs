using System.Text.RegularExpressions;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

public sealed partial class The_source_tree
{
    // Written in two halves, or this file would be the one that names them.
    private static readonly string[] PackageHosts =
    [
        "nuget" + ".org",
        "npmjs" + ".org",
        "npmjs" + ".com",
        "deb.debian" + ".org",
        "security.debian" + ".org",
        "snapshot.debian" + ".org",
        "archive.ubuntu" + ".com",
        "packages.microsoft" + ".com",
        "pypi" + ".org",
        "proxy.golang" + ".org",
    ];

    [Theory]
    [InlineData("src/", 300)]
    [InlineData("build/", 300)]
    [InlineData("tests/", 400)]
    public void Has_no_file_that_is_too_long_to_be_read(string folder, int most)
    {
        var written = SourceTree
            .Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && IsCode(file.Path))
            .ToList();

        written.ShouldNotBeEmpty();
        written.Where(file => file.LineCount > most).ShouldBeEmpty();
    }

    [Fact]
    public void Leaves_it_to_the_machine_where_packages_come_from() =>
        SourceTree
            .Files.Where(file => PackageHosts.Any(host => file.Text.Contains(host, StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();

    [Fact]
    public void Names_no_folder_of_the_machine_it_was_written_on() =>
        SourceTree.Files.Where(file => FolderOfSomebody().IsMatch(file.Text)).ShouldBeEmpty();

    [Theory]
    [InlineData("build.cake")]
    [InlineData("build/BannedSymbols.txt")]
    [InlineData("build/install-test-tools.sh")]
    [InlineData("build/tasks.cake")]
    [InlineData("bom/couplings.yaml")]
    [InlineData("bom/k0s-catalog.yaml")]
    [InlineData("cake.config")]
    [InlineData("docs/contributing.md")]
    [InlineData("docs/performance.md")]
    [InlineData("global.json")]
    [InlineData("InfoMetis.Release.sln")]
    [InlineData("LICENSE")]
    [InlineData("README.md")]
    [InlineData("releases/v0.4.0.yaml")]
    [InlineData("releases/v0.5.0.yaml")]
    public void Is_furnished_as_the_design_says(string file) => SourceTree.Files.ShouldContain(new SourceFile(file));

    [Fact]
    public void Has_a_cake_script_of_one_line_because_cake_reads_its_configuration_only_beside_it() =>
        File.ReadAllLines(RepositoryRoot.PathOf("build.cake")).ShouldBe(["#load \"build/tasks.cake\""]);

    [Theory]
    [InlineData("Tools")]
    [InlineData("Addins")]
    [InlineData("Modules")]
    [InlineData("Cache")]
    public void Lets_cake_write_only_where_the_rest_of_a_build_lies(string path) =>
        File.ReadAllLines(RepositoryRoot.PathOf("cake.config"))
            .ShouldContain(line => line.StartsWith($"{path}=./artifacts/", StringComparison.Ordinal));

    private static bool IsCode(string path) => Path.GetExtension(path) is ".cs" or ".sh" or ".cake";

    [GeneratedRegex(
        "(?:^|[^A-Za-z0-9._-])(?:/home/[a-z]|/Users/[A-Za-z]|/wor[k]/|/roo[t]/|/tmp/[w]/|C:\\\\Users)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex FolderOfSomebody();
}
