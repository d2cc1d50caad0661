using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using InfoMetis.Release.Cli.Commands;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Cli;

/// <summary>Every command of imrel: parse, call, print, exit code.</summary>
internal static class CommandLine
{
    /// <summary>Version and commit, as the build put them in.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Called before anything else, it lets one core read the rules while the other makes sense of the command line.</summary>
    public static ReleaseBuilder? HeadStart(IReadOnlyList<string> arguments) =>
        arguments is ["check", ..] ? new ReleaseBuilder(BomFolder.BuiltIn) : null;

    public static ExitCode Run(IReadOnlyList<string> arguments, Terminal terminal, ReleaseBuilder? prepared)
    {
        var session = new Session(terminal, prepared);
        return ManifestCheck.OfFilesAlone(arguments) is { } check
            ? session.Run(() => check.Run(session))
            : Parse(arguments, session);
    }

    private static ExitCode Parse(IReadOnlyList<string> arguments, Session session)
    {
        var terminal = session.Terminal;
        var result = Root(session, arguments).Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (result.Action is not ParseErrorAction)
            return (ExitCode)result.Invoke(configuration);
        ExplainMistakes(result, terminal.Error);
        return ExitCode.Usage;
    }

    private static void ExplainMistakes(ParseResult result, TextWriter writer)
    {
        var command = result.CommandResult.Command;
        foreach (var error in result.Errors)
            writer.WriteLine(error.Message);
        foreach (var word in result.UnmatchedTokens)
        {
            if (Nearest.Of(word, command.Children.Select(child => child.Name)) is { } meant)
                writer.WriteLine($"Did you mean '{meant}'?");
        }
        writer.WriteLine($"See '{PathOf(command)} --help'.");
    }

    /// <summary>A command as it is typed: imrel k0s show.</summary>
    internal static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "imrel";

    private static RootCommand Root(Session session, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand(
            "Proof for offline InfoMetis releases on k0s: what fits, what is pinned, what is missing."
        )
        {
            session.Report,
            session.Debug,
        };
        root.Options.OfType<VersionOption>().First().Action = new PrintVersion();
        foreach (var command in Asked(arguments))
            root.Add(command(session));
        HelpExamples.AddTo(
            root,
            "imrel check releases/v0.5.0.yaml",
            "imrel pull releases/v0.5.0.yaml",
            "imrel bundle releases/v0.5.0.yaml --output /srv/out --key release.key",
            "imrel verify infometis-0.5.0-linux-amd64 --key release.pub",
            "imrel images releases/v0.5.0.yaml --stack basic",
            "imrel k0s diff v1.23.17+k0s.0 v1.23.17+k0s.1",
            "imrel explain IMR2003"
        );
        return root;
    }

    /// <summary>Only the command that is asked for where there is one: setting up the others costs as much as running it.</summary>
    private static Func<Session, Command>[] Asked(IReadOnlyList<string> arguments) =>
        arguments is [var name, ..] && Command(name) is { } command
            ? [command]
            :
            [
                DemoCommand.Create,
                CheckCommand.Create,
                PinCommand.Create,
                DriftCommand.Create,
                PullCommand.Create,
                BundleCommand.Create,
                VerifyCommand.Create,
                ReproduceCommand.Create,
                InspectCommand.Create,
                ExtractCommand.Create,
                ServeCommand.Create,
                PushCommand.Create,
                StoreCommand.Create,
                KeygenCommand.Create,
                SignCommand.Create,
                ImagesCommand.Create,
                K0sCommand.Create,
                ExplainCommand.Create,
            ];

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Version);
            return (int)ExitCode.Sound;
        }
    }

    private static Func<Session, Command>? Command(string name) =>
        name switch
        {
            "check" => CheckCommand.Create,
            "pull" => PullCommand.Create,
            "bundle" => BundleCommand.Create,
            "verify" => VerifyCommand.Create,
            "reproduce" => ReproduceCommand.Create,
            "inspect" => InspectCommand.Create,
            "extract" => ExtractCommand.Create,
            "serve" => ServeCommand.Create,
            "push" => PushCommand.Create,
            "store" => StoreCommand.Create,
            "keygen" => KeygenCommand.Create,
            "sign" => SignCommand.Create,
            "images" => ImagesCommand.Create,
            "pin" => PinCommand.Create,
            "drift" => DriftCommand.Create,
            "k0s" => K0sCommand.Create,
            "explain" => ExplainCommand.Create,
            "demo" => DemoCommand.Create,
            _ => null,
        };
}
