using InfoMetis.Release.Cli.Commands;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>The command line that is read without a parser means what the parser would make of it.</summary>
public sealed class When_imrel_check_is_given_files_alone : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_checked_as_with_the_default_of_an_option()
    {
        var bad = _folder.Write("bad.yaml", "kind: Release\n"u8.ToArray());

        foreach (var files in new string[][] { [Imrel.Release], [bad], ["absent"], [bad, Imrel.Release] })
            Imrel.Run(["check", .. files]).ShouldBe(Imrel.Run(["check", .. files, "--format", "text"]));
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("/h")]
    [InlineData("--help")]
    [InlineData("-?")]
    [InlineData("/?")]
    public void Help_is_help_in_each_of_its_forms(string help)
    {
        var run = Imrel.Run("check", help);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain("Usage:");
    }

    [Fact]
    public void A_file_that_lists_arguments_is_still_expanded()
    {
        var arguments = _folder.Write("arguments", "--format\ngithub\n"u8.ToArray());

        Imrel.Run("check", Imrel.Release, $"@{arguments}").Out.ShouldStartWith("::error ");
    }

    [Theory]
    [InlineData("releases/v0.5.0.yaml", true)]
    [InlineData("/srv/a_b-c/1.yaml", true)]
    [InlineData("./-odd", true)]
    [InlineData("-odd", false)]
    [InlineData("@arguments", false)]
    [InlineData("/h:1", false)]
    [InlineData("a=b", false)]
    [InlineData("", false)]
    public void Only_a_word_that_no_parser_would_read_otherwise_is_plain(string word, bool isPlain) =>
        Words.IsPlain(word).ShouldBe(isPlain);
}
