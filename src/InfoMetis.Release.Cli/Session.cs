using System.CommandLine;
using System.Runtime.InteropServices;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

/// <summary>What all commands share: the terminal, how a failure is told, and the report that is written at the end.</summary>
/// <param name="prepared">A builder that judges by what is built in, where one was begun early.</param>
internal sealed class Session(Terminal terminal, ReleaseBuilder? prepared)
{
    public Terminal Terminal => terminal;

    public ReleaseBuilder Builder(BomFolder bom) =>
        prepared is not null && bom == BomFolder.BuiltIn ? prepared : new ReleaseBuilder(bom);

    public Option<string?> Report { get; } =
        new("--report")
        {
            Description = "Write what was done and found to a file, as JSON, failures included",
            HelpName = "FILE",
            Recursive = true,
        };

    public Option<bool> Debug { get; } =
        new("--debug") { Description = "Show the stack trace of an unexpected failure", Recursive = true };

    /// <summary>Runs a command to its exit code; nothing it throws goes further.</summary>
    public int Run(ParseResult result, Func<Outcome> command)
    {
        var outcome = Guard(command, result.GetValue(Debug));
        if (result.GetValue(Report) is { } file)
        {
            var name = CommandLine.PathOf(result.CommandResult.Command);
            outcome = Guard(() => ReportFile.Write(file, name, outcome), result.GetValue(Debug));
        }
        return (int)outcome.ExitCode;
    }

    /// <summary>As <see cref="Run(ParseResult, Func{Outcome})"/>, for work that can be interrupted and gone on with later.</summary>
    public int Run(ParseResult result, Func<CancellationToken, Task<Outcome>> command)
    {
        using var interrupt = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return Run(result, () => Interruptible(command, interrupt.Token));

        // The first signal asks for a clean end; whoever sends a second one wants no more of it.
        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }
    }

    private Outcome Interruptible(Func<CancellationToken, Task<Outcome>> command, CancellationToken cancellationToken)
    {
        try
        {
            return command(cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error.WriteLine("interrupted; run the same command again to go on where it stopped");
            return new Outcome(ExitCode.Interrupted, []);
        }
    }

    private Outcome Guard(Func<Outcome> command, bool debug)
    {
        try
        {
            return command();
        }
        catch (ReleaseException exception)
        {
            return Told(exception.Findings);
        }
        // Whatever else comes out is a bug of ours; the user gets a sentence and an exit code all the same.
        catch (Exception exception)
        {
            if (debug)
                terminal.Error.WriteLine(exception);
            return Told([Message.OwnBug(exception.GetType().Name, exception.Message)]);
        }
    }

    private Outcome Told(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
            FindingText.Write(terminal.Error, finding, terminal.ErrorPalette);
        return new Outcome(ExitCodes.Gravest(findings, strict: false), findings);
    }
}
