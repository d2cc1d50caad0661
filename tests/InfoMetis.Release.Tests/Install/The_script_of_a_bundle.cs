using System.Text;
using System.Text.RegularExpressions;
using InfoMetis.Release.Install;

namespace InfoMetis.Release.Tests.Install;

public sealed class The_script_of_a_bundle
{
    private const string Template = "'@NAME@' '@VERSION@' '@PLATFORM@' '@K0S@' '@KIND@' '@TOOL@' \"$@\" a@b 5@\n";

    private static readonly string[] Marks = ["@NAME@", "@VERSION@", "@PLATFORM@", "@K0S@", "@KIND@", "@TOOL@"];

    [Fact]
    public void Knows_its_bundle() =>
        InstallScript
            .Render(Template, Sample.Values)
            .ShouldBe(
                "'infometis' '0.5.0' 'linux/amd64' 'v1.23.17+k0s.1' 'zstd' '0.1.0+0123456789abcdef' \"$@\" a@b 5@\n"
            );

    [Fact]
    public void Has_every_value_once_and_in_its_first_chapter()
    {
        var chapters = InstallScript.Chapters.Select(InstallScript.Chapter).ToList();

        InstallScript.Chapters.ShouldBe(InstallScript.Chapters.Order(StringComparer.Ordinal));
        InstallScript.Chapters[0].ShouldBe("install/00-head.sh");
        Regex.Matches(chapters[0], "@[A-Za-z0-9_-]+@").Select(mark => mark.Value).ShouldBe(Marks, ignoreOrder: true);
        chapters.Skip(1).ShouldAllBe(chapter => !Regex.IsMatch(chapter, "@[A-Z0-9_]+@"));
    }

    [Fact]
    public void Is_all_its_chapters_and_nothing_else()
    {
        var script = Encoding.UTF8.GetString(InstallScript.For(Sample.Values));

        script.ShouldStartWith("#!/bin/sh\n");
        script.ShouldEndWith("\n");
        script.ShouldNotContain('\r');
        script.ShouldNotContain('\uFEFF');
        var folder = Repository.PathTo("src", "InfoMetis.Release", "Install", "Script");
        var sources = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        sources.ShouldAllBe(source => source.EndsWith('\n'));
        script.Count(c => c == '\n').ShouldBe(sources.Sum(source => source.Count(c => c == '\n')));
    }

    [Fact]
    public void Is_as_approved() => Approval.Verify(Encoding.UTF8.GetString(InstallScript.For(Sample.Values)));

    [Fact]
    public void Is_the_same_for_the_same_bundle() =>
        InstallScript.For(Sample.Values).ShouldBe(InstallScript.For(Sample.Values with { }));

    [Theory]
    [InlineData("@NAME@")]
    [InlineData("@UNHEARD@")]
    [InlineData("@UN_HEARD2@")]
    public void Is_not_made_with_a_mark_too_many(string mark) =>
        Should.Throw<InvalidOperationException>(() => InstallScript.Render(Template + mark, Sample.Values));

    [Fact]
    public void Is_not_made_with_a_mark_too_few()
    {
        foreach (var mark in Marks)
            Should
                .Throw<InvalidOperationException>(() =>
                    InstallScript.Render(Template.Replace(mark, "", StringComparison.Ordinal), Sample.Values)
                )
                .Message.ShouldContain(mark);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a'b")]
    [InlineData("a\n")]
    [InlineData("$(a)")]
    [InlineData("`a`")]
    [InlineData("a\\b")]
    [InlineData("@NAME@")]
    [InlineData("ä")]
    [InlineData("٣")]
    [InlineData("a\0")]
    public void Holds_no_value_that_a_shell_might_read(string value)
    {
        ScriptValues.IsPlain(value).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() =>
            InstallScript.Render(Template, Sample.Values with { Tool = value })
        );
        Should.Throw<InvalidOperationException>(() =>
            InstallScript.Render(Template, Sample.Values with { Name = value })
        );
    }
}
