using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using InfoMetis.Release.Cli.Serving;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Serving;

namespace InfoMetis.Release.Cli.Commands;

/// <summary><c>imrel serve</c>: bundles, stores and layouts as a registry that is only read from.</summary>
internal sealed class ServeCommand
{
    private readonly Session _session;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Bundles (folder, archive, or all parts), stores and layout folders",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<IPEndPoint> _listen = new("--listen")
    {
        Description = "Where to listen; port 0 is any that is free (default: 127.0.0.1:5000)",
        HelpName = "ADDRESS:PORT",
        CustomParser = Address,
    };
    private readonly Option<(string Certificate, string Key)?> _tls = new("--tls")
    {
        Description = "Speak TLS with this certificate and its unencrypted key, in PEM",
        HelpName = "CERT,KEY",
        CustomParser = Pair,
    };
    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Hash everything before anything is served, and refuse to start where something is damaged",
    };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Write a line for each request" };
    private readonly Option<string> _logFormat = new("--log-format")
    {
        Description = "How the lines of --verbose are written",
        DefaultValueFactory = _ => "text",
    };

    private ServeCommand(Session session) => _session = session;

    private Terminal Terminal => _session.Terminal;

    public static Command Create(Session session) => new ServeCommand(session).Command();

    private Command Command()
    {
        Words.RefuseOptions(_paths);
        _logFormat.AcceptOnlyFromAmong("text", "json");
        var command = new Command("serve", "Serve images as a registry that is only read from, until Ctrl-C")
        {
            _paths,
            _listen,
            _tls,
            _verify,
            _verbose,
            _logFormat,
        };
        command.SetAction(parsed => _session.Run(parsed, token => ServeAsync(parsed, token)));
        HelpExamples.AddTo(
            command,
            "imrel serve infometis-0.5.0-linux-amd64",
            "imrel serve infometis-0.5.0-linux-amd64 --listen 0.0.0.0:5000 --tls site.crt,site.key > hosts.toml",
            "imrel serve ~/.cache/imrel --listen 127.0.0.1:0 --verbose",
            "imrel serve /media/stick/*.part* --verify"
        );
        return command;
    }

    private async Task<Outcome> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var log = new RequestLog(Terminal, parsed.GetValue(_verbose), parsed.GetValue(_logFormat) is "json");
        using var certificate = parsed.GetValue(_tls) is { } tls
            ? ServerCertificate.Load(tls.Certificate, tls.Key)
            : null;
        var options = new ServerOptions { Certificate = certificate, ProvesFirst = parsed.GetValue(_verify) };
        options = options with
        {
            Listen = parsed.GetValue(_listen) ?? options.Listen,
            Served = log.Add,
            Found = log.Add,
            Clock = Terminal.Clock,
        };
        var paths = parsed.GetRequiredValue(_paths);
        await using (var server = await ReleaseServer.StartAsync(paths, options, cancellationToken))
        {
            foreach (var notice in server.Notices)
                log.Add(notice);
            if (certificate is null && !IPAddress.IsLoopback(options.Listen.Address))
                log.Add(Message.ListensInTheOpen(options.Listen.Address.ToString()));
            Announce(server, options, certificate);
            await UntilSignalAsync(cancellationToken);
        }
        await Terminal.Error.WriteLineAsync($"served {log.Requests} requests, {Units.Bytes(log.Bytes)}");
        return new Outcome(ExitCodes.Gravest(log.Findings, strict: false), log.Findings)
        {
            Details = json =>
            {
                json.WriteStartObject();
                json.WriteNumber("requests", log.Requests);
                json.WriteNumber("bytes", log.Bytes);
                json.WriteEndObject();
            },
        };
    }

    private void Announce(ReleaseServer server, ServerOptions options, ServerCertificate? certificate)
    {
        var who = IPAddress.IsLoopback(options.Listen.Address) ? "this machine alone" : "whoever reaches it";
        var images = server.Images;
        Terminal.Error.WriteLine(
            $"serving {Units.Count(images.Tags, "tag")}, {Units.Bytes(images.Size)}, to {who}, to read only: {server.Url}"
        );
        HostsToml.Write(Terminal.Out, HostsToml.Reachable(server.Url, certificate), images.Registries);
        Terminal.Out.Flush();
        Terminal.Error.Flush();
    }

    /// <summary>A server that is told to stop has done what it was asked for.</summary>
    private static async Task UntilSignalAsync(CancellationToken cancellationToken)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(signal.SetResult);
        await signal.Task;
    }

    private static IPEndPoint? Address(ArgumentResult result)
    {
        if (ListenAddress.TryParse(result.Tokens[^1].Value, out var endpoint))
            return endpoint;
        result.AddError("--listen takes an address and a port, such as 127.0.0.1:5000, [::1]:5000 or 0.0.0.0:5000.");
        return null;
    }

    private static (string Certificate, string Key)? Pair(ArgumentResult result)
    {
        if (result.Tokens[^1].Value.Split(',') is [{ Length: > 0 } certificate, { Length: > 0 } key])
            return (certificate, key);
        result.AddError("--tls takes two files with a comma between them: --tls site.crt,site.key.");
        return null;
    }
}
