using System.CommandLine;
using System.Text;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli;

/// <summary>Where the passphrase of a private key comes from: a file, the environment, or the person at the terminal.</summary>
internal sealed class Passphrases(Terminal terminal)
{
    private const string Variable = "IMREL_KEY_PASSPHRASE";
    private const int LongestFile = 4096;

    public Option<string?> File { get; } =
        new("--passphrase-file")
        {
            Description = $"Read the key's passphrase from the first line of a file (default: ${Variable}, or ask)",
            HelpName = "FILE",
        };

    /// <summary>The passphrase that opens a key.</summary>
    /// <exception cref="ReleaseException">There is none.</exception>
    public string Of(string key, ParseResult parsed) => Given(key, parsed) ?? Asked(key, $"passphrase of {key}: ");

    /// <summary>The passphrase for a key that is made now; a person types it twice.</summary>
    /// <exception cref="ReleaseException">There is none.</exception>
    public string ForNew(string key, ParseResult parsed)
    {
        if (Given(key, parsed) is { } given)
            return given;
        var first = Asked(key, $"passphrase for {key}: ");
        return first == Asked(key, "the same again: ")
            ? first
            : throw new ReleaseException(Message.NoPassphrase(key, "two different ones were typed"));
    }

    private string? Given(string key, ParseResult parsed) =>
        parsed.GetValue(File) is { } file
            ? NotEmpty(key, FirstLine(key, file))
            : terminal.Environment.GetValueOrDefault(Variable);

    private string Asked(string key, string prompt) =>
        NotEmpty(
            key,
            terminal.AskSecret(prompt)
                ?? throw new ReleaseException(Message.NoPassphrase(key, "nobody answered at a terminal"))
        );

    private static string NotEmpty(string key, string passphrase) =>
        passphrase.Length > 0
            ? passphrase
            : throw new ReleaseException(Message.NoPassphrase(key, "an empty one protects nothing"));

    private static string FirstLine(string key, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(SmallFile.Read(file, LongestFile)).Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            var reason = $"'{file}' cannot be read: {SmallFile.Reason(exception)}";
            throw new ReleaseException(Message.NoPassphrase(key, reason), exception);
        }
    }
}
