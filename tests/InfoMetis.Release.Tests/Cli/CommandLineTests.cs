using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Cli;

public sealed class When_the_command_line_is_read
{
    [Theory]
    [InlineData()]
    [InlineData("check")]
    [InlineData("images")]
    [InlineData("pin")]
    [InlineData("drift")]
    [InlineData("inspect")]
    [InlineData("push")]
    [InlineData("keygen")]
    [InlineData("sign")]
    [InlineData("serve")]
    [InlineData("k0s")]
    [InlineData("k0s", "list")]
    [InlineData("k0s", "show")]
    [InlineData("k0s", "diff")]
    [InlineData("explain")]
    public void Every_command_has_help_that_ends_with_examples(params string[] command)
    {
        var run = Imrel.Run([.. command, "--help"]);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain("Usage:");
        var examples = run.Out[run.Out.IndexOf("Examples:", StringComparison.Ordinal)..].TrimEnd().Split('\n')[1..];
        examples.ShouldNotBeEmpty();
        examples.ShouldAllBe(line => line.TrimStart().StartsWith("imrel "));
    }

    [Fact]
    public void The_help_of_check_is_as_approved() => Approval.Verify(Imrel.Run("check", "--help").Out);

    [Theory]
    [InlineData("imrel pin x --platform linux/arm6", "linux/arm64")]
    [InlineData("imrel pin x --reg", "--registries")]
    [InlineData("imrel drift x --format g", "github")]
    public void Words_of_commands_with_a_network_are_completed(string typed, string suggestion) =>
        Imrel.Run($"[suggest:{typed.Length}]", typed).Out.Split('\n').ShouldContain(suggestion);

    [Fact]
    public void The_help_of_pin_is_as_approved() => Approval.Verify(Imrel.Run("pin", "--help").Out);

    [Fact]
    public void The_help_of_drift_is_as_approved() => Approval.Verify(Imrel.Run("drift", "--help").Out);

    [Fact]
    public void The_help_of_push_is_as_approved() => Approval.Verify(Imrel.Run("push", "--help").Out);

    [Fact]
    public void The_help_of_keygen_is_as_approved() => Approval.Verify(Imrel.Run("keygen", "--help").Out);

    [Fact]
    public void The_help_of_sign_is_as_approved() => Approval.Verify(Imrel.Run("sign", "--help").Out);

    [Fact]
    public void The_help_of_serve_is_as_approved() => Approval.Verify(Imrel.Run("serve", "--help").Out);

    [Fact]
    public void The_help_of_imrel_is_as_approved() => Approval.Verify(Imrel.Run("--help").Out);

    [Theory]
    [InlineData("chekc", "check")]
    [InlineData("imges", "images")]
    public void A_misspelt_command_gets_a_suggestion(string typed, string meant)
    {
        var run = Imrel.Run(typed, "x");

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(meant);
    }

    [Fact]
    public void A_misspelt_subcommand_gets_a_suggestion_too()
    {
        var run = Imrel.Run("k0s", "lsit");

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("list");
        run.Error.ShouldContain("See 'imrel k0s --help'.");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "a.yaml", "--format", "xml")]
    [InlineData("check", "a.yaml", "--nonsense")]
    [InlineData("images")]
    [InlineData("k0s", "diff", "v1.23.17+k0s.1")]
    public void What_cannot_be_understood_exits_2_with_nothing_on_stdout(params string[] arguments)
    {
        var run = Imrel.Run(arguments);

        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("imrel ", "check")]
    [InlineData("imrel ch", "check")]
    [InlineData("imrel check x --form", "--format")]
    [InlineData("imrel check x --format s", "sarif")]
    [InlineData("imrel check x --k0s v1.23.17", "v1.23.17+k0s.1")]
    [InlineData("imrel k0s s", "show")]
    [InlineData("imrel k0s show v1.23.17", "v1.23.17+k0s.0")]
    [InlineData("imrel explain IMR200", "IMR2003")]
    public void Words_are_completed(string typed, string suggestion)
    {
        var run = Imrel.Run($"[suggest:{typed.Length}]", typed);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.Split('\n').ShouldContain(suggestion);
    }

    [Fact]
    public void The_version_is_printed() => Imrel.Run("--version").Out.ShouldStartWith("0.1.0");
}
