using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Cli;

public sealed class A_key_that_is_made : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Name => _folder.File("release");

    [Fact]
    public void Is_opened_by_the_first_line_of_the_passphrase_file()
    {
        var run = Imrel.Run("keygen", "--output", Name, "--passphrase-file", Passphrase("first\nsecond\n"));

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Error.ShouldBeEmpty();
        using var key = SigningKey.Load($"{Name}.key", () => "first");
        run.Out.ShouldContain($"fingerprint\n         {key.Public.Fingerprint}\n");
        PublicKey.Load($"{Name}.pub").Fingerprint.ShouldBe(key.Public.Fingerprint);
    }

    [Fact]
    public void Is_opened_by_the_passphrase_of_the_environment()
    {
        var environment = new Dictionary<string, string> { ["IMREL_KEY_PASSPHRASE"] = "from outside" };

        Imrel.Run(environment, "keygen", "-o", Name).ExitCode.ShouldBe(ExitCode.Sound);

        using var key = SigningKey.Load($"{Name}.key", () => "from outside");
    }

    [Fact]
    public void Is_opened_by_what_was_typed_twice()
    {
        var asked = new List<string>();

        Imrel.Run(prompt => Typed(asked, prompt, "typed"), "keygen", "-o", Name).ExitCode.ShouldBe(ExitCode.Sound);

        asked.ShouldBe([$"passphrase for {Name}.key: ", "the same again: "]);
        using var key = SigningKey.Load($"{Name}.key", () => "typed");
    }

    [Fact]
    public void Is_not_made_when_two_different_passphrases_were_typed()
    {
        var asked = new List<string>();

        var run = Imrel.Run(prompt => Typed(asked, prompt, $"{asked.Count}"), "keygen", "-o", Name);

        Refused(run, Codes.NoPassphrase);
    }

    [Fact]
    public void Is_not_made_without_a_passphrase()
    {
        Refused(Imrel.Run("keygen", "-o", Name), Codes.NoPassphrase);
        Refused(Imrel.Run(_ => "", "keygen", "-o", Name), Codes.NoPassphrase);
        Refused(Imrel.Run("keygen", "-o", Name, "--passphrase-file", _folder.File("absent")), Codes.NoPassphrase);
    }

    [Fact]
    public void Is_not_made_with_an_empty_passphrase() =>
        Refused(Imrel.Run("keygen", "-o", Name, "--passphrase-file", Passphrase("\n")), Codes.NoPassphrase);

    [Theory]
    [InlineData("release.key")]
    [InlineData("release.pub")]
    public void Never_takes_the_place_of_another_and_nobody_is_asked_before(string existing)
    {
        _folder.Write(existing, [1]);

        var run = Imrel.Run(prompt => throw new InvalidOperationException(prompt), "keygen", "-o", Name);

        run.ExitCode.ShouldBe(ExitCode.MachineUnfit);
        run.Error.ShouldContain(Codes.FileExists);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void Is_told_to_programs_too()
    {
        var run = Imrel.Run(_ => "typed", "keygen", "-o", Name, "--format", "json");

        using var json = System.Text.Json.JsonDocument.Parse(run.Out);
        json.RootElement.GetProperty("fingerprint")
            .GetString()
            .ShouldBe(PublicKey.Load($"{Name}.pub").Fingerprint.ToString());
    }

    [Fact]
    public void Needs_a_name_that_names_a_file()
    {
        Imrel.Run("keygen").ExitCode.ShouldBe(ExitCode.Usage);
        Imrel.Run("keygen", "-o", $"{_folder.Path}/").ExitCode.ShouldBe(ExitCode.Usage);
    }

    private void Refused(Imrel run, string code)
    {
        run.ExitCode.ShouldBe(ExitCode.SignatureNotTrusted);
        run.Error.ShouldContain(code);
        run.Out.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path, "release*").ShouldBeEmpty();
    }

    private string Passphrase(string text) => _folder.Write("passphrase", System.Text.Encoding.UTF8.GetBytes(text));

    private static string Typed(List<string> asked, string prompt, string answer)
    {
        asked.Add(prompt);
        return answer;
    }
}
