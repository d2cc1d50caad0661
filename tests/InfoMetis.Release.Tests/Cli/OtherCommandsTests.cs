using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Tests.Cli;

public sealed class When_the_other_commands_are_run
{
    [Fact]
    public void Images_are_one_reference_a_line_and_nothing_else_is_on_stdout()
    {
        var run = Imrel.Run("images", Imrel.Release);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        var lines = run.Out.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(24);
        lines.ShouldAllBe(line => InfoMetis.Release.Oci.ImageReference.Parse(line).ToString() == line);
        run.Error.ShouldContain("11 of 24 images are unpinned");
    }

    [Theory]
    [InlineData(17, "--group", "apps")]
    [InlineData(7, "--group", "auxiliary")]
    [InlineData(3, "--group", "apps", "--stack", "minimal")]
    [InlineData(10, "--stack", "minimal")]
    [InlineData(24, "--stack", "complete")]
    public void Images_are_chosen_by_group_and_stack(int count, params string[] choice) =>
        Imrel.Run(["images", Imrel.Release, .. choice]).Out.Split('\n').Length.ShouldBe(count + 1);

    [Fact]
    public void Images_come_as_JSON_too()
    {
        using var json = JsonDocument.Parse(
            Imrel.Run("images", Imrel.Release, "--stack", "basic", "--format", "json").Out
        );

        json.RootElement.GetProperty("images")[0].GetProperty("name").GetString().ShouldBe("k0s");
        json.RootElement.GetProperty("images")[0].GetProperty("pinned").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_stack_names_those_there_are()
    {
        var run = Imrel.Run("images", Imrel.Release, "--stack", "huge");

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("declares no stack 'huge'");
        run.Error.ShouldContain("minimal, basic, analytics, kafka-ecosystem, monitoring, complete");
    }

    [Fact]
    public void K0s_releases_are_listed_one_a_line()
    {
        var lines = Imrel.Run("k0s", "list").Out.TrimEnd('\n').Split('\n');

        lines.Length.ShouldBe(239);
        lines[0].ShouldBe("v1.20.6+k0s.0");
        lines.ShouldContain("v1.23.17+k0s.1");
    }

    [Fact]
    public void A_k0s_release_is_shown() => Approval.Verify(Imrel.Run("k0s", "show", "v1.23.17+k0s.1").Out);

    [Fact]
    public void Two_k0s_releases_are_compared() =>
        Approval.Verify(Imrel.Run("k0s", "diff", "v1.23.17+k0s.1", "v1.24.17+k0s.0").Out);

    [Fact]
    public void Two_builds_of_the_same_k0s_differ_in_nothing_they_ask_for() =>
        Imrel
            .Run("k0s", "diff", "v1.23.17+k0s.0", "v1.23.17+k0s.1")
            .Out.ShouldBe("v1.23.17+k0s.0 and v1.23.17+k0s.1 embed and ask for the same\n");

    [Theory]
    [InlineData("list")]
    [InlineData("show", "v1.23.17+k0s.1")]
    [InlineData("diff", "v1.23.17+k0s.1", "v1.24.17+k0s.0")]
    public void K0s_commands_speak_JSON(params string[] command)
    {
        using var json = JsonDocument.Parse(Imrel.Run(["k0s", .. command, "--format", "json"]).Out);

        json.RootElement.GetProperty("apiVersion").GetString().ShouldBe("infometis.io/k0s/v1");
    }

    [Theory]
    [InlineData("1.23.17", ExitCode.Usage, "Write it whole, as in v1.23.17+k0s.1")]
    [InlineData("v1.23.18+k0s.0", ExitCode.CouplingRefused, "The nearest is v1.23.17+k0s.1")]
    public void A_k0s_release_that_is_not_known_is_refused_with_a_hint(string version, ExitCode exitCode, string hint)
    {
        var run = Imrel.Run("k0s", "show", version);

        run.ExitCode.ShouldBe(exitCode);
        run.Error.ShouldContain(hint);
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IMR2003")]
    [InlineData("imr2003")]
    public void A_message_is_explained(string code)
    {
        var run = Imrel.Run("explain", code);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldBe(PageText.Of(File.ReadAllText(Repository.PathTo("docs", "messages", "IMR2003.md"))));
    }

    [Fact]
    public void All_messages_are_listed_with_their_names() =>
        Imrel.Run("explain").Out.ShouldContain("IMR2003  an auxiliary image with the wrong tag\n");

    [Fact]
    public void A_message_that_does_not_exist_is_refused_with_the_nearest()
    {
        var run = Imrel.Run("explain", "IMR20033");

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("Did you mean IMR2003?");
    }
}
