using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Cli;

/// <summary>Whose signatures a command counts: those of the keys that whoever runs it names.</summary>
internal sealed class Trust(Terminal terminal)
{
    private const string Variable = "IMREL_TRUSTED_KEYS";
    private const string MachineFolder = "/etc/infometis/trusted-keys";

    private readonly Option<string[]> _keys = new("--key")
    {
        Description = $"Trust this public key; may be given again (default: ${Variable}, or {MachineFolder}/*.pub)",
        HelpName = "PUB",
    };

    private readonly Option<int> _required = new("--require")
    {
        Description = "Ask for the signatures of so many different trusted keys",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _allowUnsigned = new("--allow-unsigned")
    {
        Description = "Accept what nobody signed, or where no key is trusted; this is recorded",
    };

    public void AddTo(Command command)
    {
        command.Add(_keys);
        command.Add(_required);
        command.Add(_allowUnsigned);
        _required.Validators.Add(result =>
        {
            if (
                result.Tokens is [var count]
                && int.TryParse(count.Value, CultureInfo.InvariantCulture, out var number)
                && number < 1
            )
                result.AddError("--require takes a number from 1 on.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_allowUnsigned) && result.GetResult(_required) is { Implicit: false })
                result.AddError("--require and --allow-unsigned contradict each other.");
        });
    }

    /// <summary>Whether the command line says anything of whom to trust.</summary>
    public bool IsGiven(CommandResult result) =>
        new Option[] { _keys, _required, _allowUnsigned }.Any(option =>
            result.GetResult(option) is { Implicit: false }
        );

    /// <exception cref="ReleaseException">A key that is named cannot be used.</exception>
    public SignaturePolicy Policy(ParseResult parsed) =>
        new()
        {
            Trusted = TrustedKeys.From(Sources(parsed.GetValue(_keys) ?? [])),
            Required = parsed.GetValue(_required),
            AllowUnsigned = parsed.GetValue(_allowUnsigned),
        };

    /// <summary>The nearest to the command line alone: who names one key does not mean all that the machine has, too.</summary>
    private string[] Sources(string[] named) =>
        named.Length > 0 ? named
        : terminal.Environment.GetValueOrDefault(Variable) is { } listed
            ? listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        : Directory.Exists(MachineFolder) ? [MachineFolder]
        : [];
}
