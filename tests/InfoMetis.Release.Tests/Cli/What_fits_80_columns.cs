using System.Text.RegularExpressions;
using InfoMetis.Release.Cli;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Tests.Bundle;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>
/// Tables, and what is said beside a name. The sentences of findings may be longer: they stay on one line, so that they are found by
/// searching and copied whole.
/// </summary>
public sealed partial class What_fits_80_columns(SampleBundles bundles) : IClassFixture<SampleBundles>
{
    private const int Width = 80;

    public static TheoryData<string> OfTheRelease =>
        [
            "check {0}",
            "check {0} --k0s v1.24.17+k0s.0",
            "check {0} --strict --today",
            "check {0} --matrix",
            "k0s show v1.23.17+k0s.1",
            "k0s diff v1.23.17+k0s.1 v1.24.17+k0s.0",
            "k0s diff v1.22.2+k0s.0 v1.36.3+k0s.2",
            "explain",
        ];

    [Theory]
    [MemberData(nameof(OfTheRelease))]
    public void Is_what_is_said_of_the_real_release(string command) =>
        ShouldFit(Imrel.Run([.. command.Split(' ').Select(word => word == "{0}" ? Imrel.Release : word)]));

    [Fact]
    public void Is_what_every_known_k0s_release_asks_for()
    {
        foreach (var version in Imrel.Run("k0s", "list").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            ShouldFit(Imrel.Run("k0s", "show", version));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("zstd:1MB")]
    public void Is_what_is_said_of_a_bundle(string kind)
    {
        var folder = bundles.Folder(kind);

        ShouldFit(Imrel.Run("inspect", folder));
        ShouldFit(Imrel.Run("verify", folder, "--allow-unsigned"));
        ShouldFit(Imrel.Run("reproduce", folder, "--store", bundles.Release.Store, "--offline"));
    }

    [Fact]
    public void Is_what_is_said_before_anything_is_done()
    {
        bundles.Folder("zstd");
        string[] store = ["--store", bundles.Release.Store];

        ShouldFit(bundles.Release.Run("dry", "--dry-run"));
        ShouldFit(Imrel.Run(["pull", bundles.Release.Manifest, "--dry-run", "--offline", .. store]));
        ShouldFit(Imrel.Run(["store", "status", bundles.Release.Manifest, .. store]));
        ShouldFit(Imrel.Run(["store", "verify", .. store]));
        ShouldFit(Imrel.Run(["store", "prune", "--dry-run", .. store]));
    }

    /// <summary>The columns that pin and drift show, with the widest of the release in each.</summary>
    [Fact]
    public void Is_a_table_of_the_images_with_two_pins_and_a_verdict()
    {
        var table = new TextTable("IMAGE", "TAG", "PIN", "NOW", "VERDICT");
        foreach (var image in ManifestReader.Read(Imrel.Release, [])!.Images)
            table.Add(
                image.Name,
                image.Reference.Tag!,
                ShortDigest.Of(Digest.Of([1])),
                ShortDigest.Of(Digest.Of([2])),
                "unpinned"
            );

        Lines(Written(table)).ShouldAllBe(line => line.Length <= Width);
    }

    [Fact]
    public void Is_a_table_whose_last_cells_stand_below_their_rows_where_they_are_too_long()
    {
        var narrow = new TextTable("ONE", "TWO");
        narrow.Add("a", new string('b', Width - 5));
        var wide = new TextTable("ONE", "TWO", "THREE");
        wide.Add("a", "bb", new string('c', Width - 9));

        Lines(Written(narrow)).ShouldBe(["ONE  TWO", $"a    {new string('b', Width - 5)}"]);
        Lines(Written(wide)).ShouldBe(["ONE  TWO", "    THREE", "a    bb", $"    {new string('c', Width - 9)}"]);
    }

    [Fact]
    public void Is_the_word_that_does_not_fit_beside_a_name()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var lines = new Labelled(writer, indent: 8);

        lines.Write("short", "beside it");
        lines.Write("digest", $"by {new string('d', 71)} and others");
        lines.Write("path", new string('p', 90));
        lines.Write("many", string.Join(' ', Enumerable.Repeat("words", 20)), text => $"<{text}>");

        Lines(writer.ToString())
            .ShouldBe([
                "short   beside it",
                "digest  by",
                $"        {new string('d', 71)}",
                "        and others",
                "path",
                $"  {new string('p', 90)}",
                $"many    <{string.Join(' ', Enumerable.Repeat("words", 12))}>",
                $"        <{string.Join(' ', Enumerable.Repeat("words", 8))}>",
            ]);
    }

    private static void ShouldFit(Imrel run)
    {
        run.ExitCode.ShouldNotBe(ExitCode.Usage, run.Error);
        var said = Lines(run.Out + run.Error);
        said.ShouldNotBeEmpty();
        // A single word, such as a path, cannot be made shorter.
        said.Where(line => line.Length > Width && !OfFinding().IsMatch(line) && line.Trim().Contains(' '))
            .ShouldBeEmpty();
    }

    private static string Written(TextTable table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer);
        return writer.ToString();
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        "^(?:error|warning|information) IMR[0-9]{4} |^  (?:hint|at|from|rule): ",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex OfFinding();
}
