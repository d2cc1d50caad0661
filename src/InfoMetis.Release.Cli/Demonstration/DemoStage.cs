using System.ComponentModel;
using System.Diagnostics;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>Shows each step as a user would type it, then does exactly that: imrel in this process, everything else as a program.</summary>
internal sealed class DemoStage(Terminal terminal, DemoFolder folder)
{
    private readonly Terminal _inner = terminal with
    {
        Error = terminal.Out,
        IsOutTerminal = false,
        IsErrorTerminal = false,
        AskSecret = _ => null,
    };

    private int _number;

    /// <returns>Null where it ended as it should; otherwise how it did.</returns>
    public async Task<ExitCode?> RunAsync(DemoStep step, CancellationToken cancellationToken)
    {
        Announce(step);
        var exitCode = step.IsOurs
            ? CommandLine.Run(step.Arguments(folder.Path), _inner, prepared: null)
            : await RunProgramAsync(step, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (exitCode is not ExitCode.Sound)
            await terminal.Out.WriteLineAsync($"(exit {(int)exitCode})");
        await terminal.Out.WriteLineAsync();
        await terminal.Out.FlushAsync(cancellationToken);
        return exitCode == step.Expected ? null : exitCode;
    }

    public void Announce(DemoStep step)
    {
        terminal.Out.WriteLine(terminal.OutPalette.Strong($"{++_number}. {step.Title}"));
        terminal.Out.WriteLine($"$ {step.Line}");
        terminal.Out.Flush();
    }

    public void Say(string line) => terminal.Out.WriteLine(line);

    /// <summary>In a shell, which is where it would be typed.</summary>
    private async Task<ExitCode> RunProgramAsync(DemoStep step, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"exec 2>&1; {step.Line}"])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Start(start);
        process.StandardInput.Close();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            await terminal.Out.WriteLineAsync(line);
        // On Ctrl-C the terminal tells the program too; it cleans up, and is waited for.
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return (ExitCode)process.ExitCode;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new ReleaseException(Message.ToolMissing(start.FileName), exception);
        }
    }
}
