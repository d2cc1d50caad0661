using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Tests.Yaml;

public sealed class YamlReaderTests
{
    private readonly List<Finding> _findings = [];

    [Fact]
    public void Every_node_knows_where_it_stands()
    {
        var root = ReadOne("# first\na: [x, 'y']\nb:\n  - c: \"z\"\n").ShouldBeOfType<YamlMap>();
        root.Place.ShouldBe(At(2, 1));
        var list = root["a"].ShouldBeOfType<YamlList>();
        list.Place.ShouldBe(At(2, 4));
        list.Items.ShouldBe([new YamlText(At(2, 5), "x", IsPlain: true), new YamlText(At(2, 8), "y", IsPlain: false)]);
        var inner = root["b"].ShouldBeOfType<YamlList>().Items[0].ShouldBeOfType<YamlMap>();
        inner.Entries.ShouldBe([
            new YamlEntry(new YamlText(At(4, 5), "c", IsPlain: true), new YamlText(At(4, 8), "z", IsPlain: false)),
        ]);
        root["absent"].ShouldBeNull();
        _findings.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_count_from_where_the_text_starts_in_its_file()
    {
        YamlReader.ReadOne("f", "a: b\nc: ]", _findings, firstLine: 10);
        YamlReader.ReadOne("f", "a: \0", _findings, firstLine: 10);
        YamlReader.ReadOne("f", "a: b", _findings, firstLine: 10)!.Place.ShouldBe(At(10, 1));
        _findings.Select(f => f.Place!.Line).ShouldBe([11, 10]);
    }

    [Theory]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: Null", true)]
    [InlineData("a: NULL", true)]
    [InlineData("a:", true)]
    [InlineData("a: ''", false)]
    [InlineData("a: 'null'", false)]
    [InlineData("a: nothing", false)]
    [InlineData("a: |\n  null", false)]
    public void Only_a_plain_null_is_nothing(string text, bool nothing)
    {
        var value = ReadOne(text).ShouldBeOfType<YamlMap>()["a"].ShouldBeOfType<YamlText>();
        value.IsNothing.ShouldBe(nothing);
        value.Kind.ShouldBe(nothing ? "missing value" : "text");
    }

    [Theory]
    [InlineData("", "1:1 IMR1007 f: holds 0 YAML documents where one is expected | Fill the file.")]
    [InlineData("# nothing\n", "1:1 IMR1007 f: holds 0 YAML documents where one is expected | Fill the file.")]
    [InlineData(
        "a: b\n---\nc: d\n",
        "3:1 IMR1007 f: holds 2 YAML documents where one is expected | Put each document into a file of its own."
    )]
    [InlineData("a: b\na: c\n", "2:1 IMR1011 a: 'a' is given twice, first on line 1 | Keep one of the two.")]
    [InlineData("? [a]\n: b\n", "1:3 IMR1008 a key: 'a key' is a list where a text is expected")]
    [InlineData("? {a: b}\n: c\n", "1:3 IMR1008 a key: 'a key' is a mapping where a text is expected")]
    [InlineData(
        "a: &x b\nc: *x\n",
        "2:4 IMR1005 f: the YAML alias 'x' is not followed, since aliases can grow without bound | Write the value out."
    )]
    [InlineData(
        "a: b\nc: d\0e\n",
        "2:5 IMR1004 f: not valid YAML: the character U+0000 is not allowed | Check indentation, quotes and brackets."
    )]
    [InlineData(
        "a: b\r\nc: d\re: \u001B[2J",
        "3:4 IMR1004 f: not valid YAML: the character U+001B is not allowed | Check indentation, quotes and brackets."
    )]
    [InlineData(
        "x\u0085\u2028\u2029y\uFFFE",
        "4:2 IMR1004 f: not valid YAML: the character U+FFFE is not allowed | Check indentation, quotes and brackets."
    )]
    [InlineData(
        "a: [b\nc: d\n",
        "1:4 IMR1004 f: not valid YAML: what follows cannot be read; a bracket, a brace or a quote may not be closed"
            + " | Check indentation, quotes and brackets."
    )]
    [InlineData(
        "a: !<> b",
        "1:2 IMR1004 f: not valid YAML: what follows cannot be read; a bracket, a brace or a quote may not be closed"
            + " | Check indentation, quotes and brackets."
    )]
    [InlineData(
        "a:\n\tb: c\n",
        "1:1 IMR1004 f: not valid YAML: While scanning a mapping, found invalid tab as indentation."
            + " | Check indentation, quotes and brackets."
    )]
    public void What_cannot_be_taken_is_reported_where_it_stands(string text, string finding)
    {
        ReadOne(text);
        _findings.Show().ShouldBe(finding);
    }

    [Theory]
    [InlineData("\t \u00A0\uD7FF\uE000\uFFFD😀")]
    [InlineData(" ~")]
    [InlineData("\n\r\n\r\u0085\u2028\u2029")]
    public void Characters_that_YAML_allows_are_taken(string characters)
    {
        ReadOne($"# {characters}\na: b").ShouldNotBeNull();
        _findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData('\u0000')]
    [InlineData('\u0001')]
    [InlineData('\u0008')]
    [InlineData('\u000B')]
    [InlineData('\u000C')]
    [InlineData('\u000E')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    [InlineData('\u0084')]
    [InlineData('\u0086')]
    [InlineData('\u009F')]
    [InlineData('\uFFFE')]
    [InlineData('\uFFFF')]
    public void Characters_that_YAML_forbids_are_refused_even_in_a_comment(char character)
    {
        ReadOne($"a: b # {character}").ShouldBeNull();
        _findings
            .Show()
            .ShouldContain($"1:8 IMR1004 f: not valid YAML: the character U+{(int)character:X4} is not allowed");
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        ReadOne("a: 😀\uDE00").ShouldBeNull();
        ReadOne("a: \uD83D").ShouldBeNull();
        ReadOne("a: \uD83Dx\u0007").ShouldBeNull();
        _findings.Select(f => f.Place).ShouldBe([At(1, 6), At(1, 4), At(1, 4)]);
        _findings[0].Fact.ShouldBe("not valid YAML: the character U+DE00 is not allowed");
    }

    [Fact]
    public void Documents_before_one_that_is_no_YAML_are_kept()
    {
        YamlReader.ReadAll("f", "a: b\n---\nc: ]\n---\ne: f\n", _findings).Count.ShouldBe(1);
        _findings.Single().Place.ShouldBe(At(3, 4));
    }

    [Fact]
    public void Every_document_is_read_where_many_are_allowed() =>
        YamlReader
            .ReadAll("f", "---\na: b\n---\n---\n- c\n", _findings)
            .Select(d => d.Kind)
            .ShouldBe(["mapping", "missing value", "list"]);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Nesting_is_followed_to_64_levels_and_no_further(char open, char close)
    {
        ReadOne(new string(open, 64) + new string(close, 64)).ShouldNotBeNull();
        _findings.Clear();
        ReadOne(new string(open, 66) + new string(close, 66)).ShouldBeNull();
        _findings.Show().ShouldBe("1:66 IMR1006 f: nested deeper than 64 levels | Check brackets and indentation.");
    }

    private YamlNode? ReadOne(string text) => YamlReader.ReadOne("f", text, _findings);

    private static Place At(int line, int column) => new("f", line, column);
}
