using System.CommandLine;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Cli;

/// <summary>How a command comes by the key it signs with.</summary>
internal sealed class KeyAccess(Terminal terminal)
{
    private readonly Passphrases _passphrases = new(terminal);

    public Option<string?> Key { get; } =
        new("--key") { Description = "Sign with this private key, in PEM", HelpName = "FILE" };

    public Option<string?> PassphraseFile => _passphrases.File;

    /// <summary>The key that --key names, or null where it names none. Whoever gets it disposes of it.</summary>
    /// <exception cref="ReleaseException">It cannot be used.</exception>
    public SigningKey? Load(ParseResult parsed) =>
        parsed.GetValue(Key) is { } file ? SigningKey.Load(file, () => _passphrases.Of(file, parsed)) : null;
}
