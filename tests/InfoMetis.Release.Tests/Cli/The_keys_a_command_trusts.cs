using System.CommandLine;
using InfoMetis.Release.Cli;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Cli;

public sealed class The_keys_a_command_trusts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SigningKey[] _keys = [SigningKey.Generate(), SigningKey.Generate()];
    private readonly string[] _files;

    public The_keys_a_command_trusts() =>
        _files = [
            .. _keys.Select(
                (key, at) => _folder.Write($"{at}.pub", System.Text.Encoding.ASCII.GetBytes(key.Public.Pem))
            ),
        ];

    public void Dispose()
    {
        _folder.Dispose();
        foreach (var key in _keys)
            key.Dispose();
    }

    [Fact]
    public void Are_those_it_is_given() =>
        Policy("", "--key", _files[0], "--key", _files[1])
            .Trusted.Keys.Select(key => key.Fingerprint)
            .ShouldBe(_keys.Select(key => key.Public.Fingerprint));

    [Fact]
    public void Are_those_of_the_environment_where_it_is_given_none()
    {
        Policy($"{_files[1]}::{_files[0]}").Trusted.Keys.Count.ShouldBe(2);
        Policy(_folder.Path).Trusted.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public void Are_not_those_of_the_environment_where_it_is_given_one() =>
        Policy(_folder.Path, "--key", _files[0])
            .Trusted.Keys.ShouldHaveSingleItem()
            .Fingerprint.ShouldBe(_keys[0].Public.Fingerprint);

    [Fact]
    public void Must_all_be_there() =>
        Should
            .Throw<ReleaseException>(() => Policy($"{_files[0]}:{_folder.File("absent")}"))
            .Finding.Code.ShouldBe(Codes.KeyUnreadable);

    [Fact]
    public void Must_all_sign_only_when_that_is_required()
    {
        Policy("", "--key", _files[0]).Required.ShouldBe(1);
        Policy("", "--key", _files[0], "--require", "2").Required.ShouldBe(2);
        Policy("", "--allow-unsigned").AllowUnsigned.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--require", "0")]
    [InlineData("--require", "-1")]
    [InlineData("--require", "two")]
    [InlineData("--require", "1", "--allow-unsigned")]
    public void Leave_no_room_for_what_contradicts_itself(params string[] arguments) =>
        Parse(new Trust(At("")), arguments).Errors.ShouldNotBeEmpty();

    private static SignaturePolicy Policy(string environment, params string[] arguments)
    {
        var trust = new Trust(At(environment));
        var parsed = Parse(trust, arguments);
        parsed.Errors.ShouldBeEmpty();
        return trust.Policy(parsed);
    }

    private static ParseResult Parse(Trust trust, string[] arguments)
    {
        var command = new RootCommand();
        trust.AddTo(command);
        return command.Parse(arguments);
    }

    private static Terminal At(string trusted) =>
        new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OutBytes = Stream.Null,
            IsOutTerminal = false,
            OutPalette = Palette.None,
            ErrorPalette = Palette.None,
            IsErrorTerminal = false,
            AskSecret = _ => null,
            Clock = TimeProvider.System,
            Environment = trusted.Length > 0 ? new Dictionary<string, string> { ["IMREL_TRUSTED_KEYS"] = trusted } : [],
        };
}
