using System.CommandLine;
using System.Text.Json;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel sign</c>: puts a signature, or one more, beside the list of a bundle's files.</summary>
internal sealed class SignCommand
{
    private readonly Session _session;
    private readonly KeyAccess _access;
    private readonly Argument<string> _folder = new("DIR") { Description = "The bundle: a folder with a SHA256SUMS" };
    private readonly Option<string> _format = FormatOption.Create("text", "json");

    private SignCommand(Session session)
    {
        _session = session;
        _access = new KeyAccess(session.Terminal);
    }

    public static Command Create(Session session) => new SignCommand(session).Command();

    private Command Command()
    {
        _access.Key.Required = true;
        var command = new Command("sign", "Sign the list of a bundle's files, beside whoever signed it before")
        {
            _folder,
            _access.Key,
            _access.PassphraseFile,
            _format,
        };
        command.SetAction(parsed => _session.Run(parsed, () => Sign(parsed)));
        Words.RefuseOptions(_folder);
        HelpExamples.AddTo(
            command,
            "imrel sign infometis-0.5.0-linux-amd64 --key release.key",
            "imrel sign infometis-0.5.0-linux-amd64 --key second.pem --passphrase-file /run/secrets/passphrase"
        );
        return command;
    }

    private Outcome Sign(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(_folder);
        using var key = _access.Load(parsed)!;
        var fingerprint = key.Public.Fingerprint.ToString();
        var signed = Path.Combine(folder, SignedFiles.Sums);
        var count = SignedFolder.Sign(folder, key);
        if (parsed.GetValue(_format) is "json")
            Json.Write(_session.Terminal.Out, Details);
        else
            Print(_session.Terminal.Out);
        return Outcome.Sound with { Details = Details };

        void Print(TextWriter writer)
        {
            var lines = new Labelled(writer, Labelled.OfKeys);
            lines.Write("signed", $"{signed}, {Units.Count(count, "signature")}");
            lines.Write("fingerprint", fingerprint);
        }

        void Details(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "infometis.io/signature/v1");
            json.WriteString("signed", signed);
            json.WriteString("fingerprint", fingerprint);
            json.WriteNumber("signatures", count);
            json.WriteEndObject();
        }
    }
}
