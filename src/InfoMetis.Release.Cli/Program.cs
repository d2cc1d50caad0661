using System.Collections;
using System.Text;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        var prepared = CommandLine.HeadStart(arguments);
        using var output = Writer(Console.OpenStandardOutput());
        using var error = Writer(Console.OpenStandardError());
        var terminal = new Terminal
        {
            In = Console.OpenStandardInput,
            Out = output,
            Error = error,
            OutPalette = PaletteFor(Console.IsOutputRedirected),
            ErrorPalette = PaletteFor(Console.IsErrorRedirected),
            IsErrorTerminal = !Console.IsErrorRedirected,
            AskSecret = prompt => Console.IsInputRedirected ? null : AskSecret(prompt, error),
            Clock = TimeProvider.System,
            Environment = Variables(),
        };
        return (int)CommandLine.Run(arguments, terminal, prepared);
    }

    /// <summary>Not Console.Out: setting that up, with its terminal database, costs more than all of a check.</summary>
    private static StreamWriter Writer(Stream stream) => new(stream) { NewLine = "\n" };

    private static string AskSecret(string prompt, StreamWriter writer)
    {
        writer.Write(prompt);
        writer.Flush();
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key is ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        writer.WriteLine();
        writer.Flush();
        return typed.ToString();
    }

    private static Dictionary<string, string> Variables()
    {
        var isFolded = OperatingSystem.IsWindows();
        var variables = new Dictionary<string, string>(
            isFolded ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal
        );
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string { Length: > 0 } value })
                variables[name] = value;
        }
        return variables;
    }

    private static Palette PaletteFor(bool isRedirected)
    {
        var plain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return plain ? Palette.None : Palette.Ansi;
    }
}
