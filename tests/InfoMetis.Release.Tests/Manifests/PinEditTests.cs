using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Manifests;

public sealed class When_a_digest_is_put_into_a_manifest
{
    private static readonly Digest D = Digest.Parse($"sha256:{new string('d', 64)}");

    [Theory]
    [InlineData("image: apache/nifi:1", "image: apache/nifi:1@D")]
    [InlineData("image: apache/nifi:1   # why", "image: apache/nifi:1@D   # why")]
    [InlineData("image: 'apache/nifi:1'# why", "image: 'apache/nifi:1@D'# why")]
    [InlineData("image: 'apache/nifi:1' # it's", "image: 'apache/nifi:1@D' # it's")]
    [InlineData("image: \"apache/nifi:1\"\t", "image: \"apache/nifi:1@D\"\t")]
    [InlineData("image:\n      # told below\n      apache/nifi:1", "image:\n      # told below\n      apache/nifi:1@D")]
    [InlineData("'image' :   apache/nifi:1", "'image' :   apache/nifi:1@D")]
    [InlineData("image: apache/nifi:1@A # A", "image: apache/nifi:1@D # A")]
    [InlineData("image: 'apache/nifi:1@A'", "image: 'apache/nifi:1@D'")]
    [InlineData("? image\n    : apache/nifi:1", "? image\n    : apache/nifi:1@D")]
    public void Nothing_else_changes(string line, string expected)
    {
        var text = With(line);

        Edit(text, out var findings).ShouldBe(With(expected));
        findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("image: &nifi apache/nifi:1")]
    [InlineData("image: !!str apache/nifi:1")]
    [InlineData("image: ! 'apache/nifi:1'")]
    [InlineData("image: >-\n      apache/nifi:1")]
    [InlineData("image: |-\n      apache/nifi:1")]
    [InlineData("image: \"apache/\\x6eifi:1\"")]
    [InlineData("image: \"apache/\\\n      nifi:1\"")]
    public void What_could_not_be_put_in_safely_is_refused(string line)
    {
        var text = With(line);

        Edit(text, out var findings).ShouldBe(text);
        findings.ShouldHaveSingleItem().Code.ShouldBe(Codes.PinNotEditable);
        findings[0].Hint.ShouldBe($"Write docker.io/apache/nifi:1@{D} by hand.");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\u2028")]
    public void Lines_may_end_in_any_way(string ending)
    {
        var text = With("image: apache/nifi:1 # é😀").Replace("\n", ending, StringComparison.Ordinal);

        Edit(text, out _)
            .ShouldBe(With($"image: apache/nifi:1@{D} # é😀").Replace("\n", ending, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_on_one_line_all_get_theirs()
    {
        var text = Sample.Text.Replace(
            Sample.Text[
                Sample.Text.IndexOf("apps:", StringComparison.Ordinal)..Sample.Text.IndexOf(
                    "auxiliary:",
                    StringComparison.Ordinal
                )
            ],
            "apps: [{name: a, image: 'x/a:1'}, {name: b, image: x/b:2}, {image: \"x/c:3\", name: c}]\n",
            StringComparison.Ordinal
        );

        Edit(text, out var findings)
            .ShouldContain($"image: 'x/a:1@{D}'}}, {{name: b, image: x/b:2@{D}}}, {{image: \"x/c:3@{D}\", name: c}}]");
        findings.ShouldBeEmpty();
    }

    private static string With(string line) =>
        Sample.With(
            $"image: apache/nifi:1.23.2@sha256:{Sample.A}",
            line.Replace("@A", $"@sha256:{Sample.A}", StringComparison.Ordinal)
                .Replace("@D", $"@{D}", StringComparison.Ordinal)
        );

    /// <summary>Pins every application.</summary>
    private static string Edit(string text, out List<Finding> findings)
    {
        var (manifest, found) = Sample.Read(text);
        manifest.ShouldNotBeNull(found.Show());
        findings = [];
        return PinEdit.Apply(text, manifest.Apps.Select(image => new PinEdit(image, D)), findings);
    }
}
