using System.CommandLine;
using System.Text.Json;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel keygen</c>: makes the key that releases are signed with.</summary>
internal sealed class KeygenCommand
{
    private readonly Session _session;
    private readonly Passphrases _passphrases;
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Write the private key to NAME.key, encrypted, and the public one to NAME.pub",
        HelpName = "NAME",
        Required = true,
    };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private KeygenCommand(Session session)
    {
        _session = session;
        _passphrases = new Passphrases(session.Terminal);
    }

    public static Command Create(Session session) => new KeygenCommand(session).Command();

    private Command Command()
    {
        var command = new Command("keygen", "Make a key to sign releases with") { _output, _passphrases.File, _format };
        command.SetAction(parsed => _session.Run(parsed, () => Generate(parsed)));
        _output.Validators.Add(result =>
        {
            if (result.Tokens is [var name] && Path.GetFileName(name.Value).Length == 0)
                result.AddError("--output takes the name of a file, without an ending.");
        });
        HelpExamples.AddTo(
            command,
            "imrel keygen --output release",
            "imrel keygen --output keys/2026 --passphrase-file ~/.imrel-passphrase"
        );
        return command;
    }

    private Outcome Generate(ParseResult parsed)
    {
        var name = parsed.GetRequiredValue(_output);
        var (privateFile, publicFile) = (name + SigningKey.PrivateEnding, name + SigningKey.PublicEnding);
        SigningKey.RefuseToOverwrite(name);
        using var key = SigningKey.Generate();
        key.Write(name, _passphrases.ForNew(privateFile, parsed));
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, Details);
        else
            Print(_session.Terminal.Out);
        return Outcome.Sound with { Details = Details };

        void Print(TextWriter writer)
        {
            var lines = new Labelled(writer, Labelled.OfKeys);
            lines.Write("private key", $"{privateFile}, encrypted; keep it and its passphrase to yourself");
            lines.Write("public key", $"{publicFile}; give it to whoever verifies");
            lines.Write("fingerprint", $"{key.Public.Fingerprint}");
        }

        void Details(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "infometis.io/key/v1");
            json.WriteString("privateKey", privateFile);
            json.WriteString("publicKey", publicFile);
            json.WriteString("fingerprint", key.Public.Fingerprint.ToString());
            json.WriteEndObject();
        }
    }
}
