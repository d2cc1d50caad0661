using System.Collections;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        var prepared = CommandLine.HeadStart(arguments);
        using var bytes = Console.OpenStandardOutput();
        using var output = Writer(bytes);
        using var error = Writer(Console.OpenStandardError());
        var terminal = new Terminal
        {
            In = Console.OpenStandardInput,
            Out = output,
            Error = error,
            OutBytes = bytes,
            IsOutTerminal = !Console.IsOutputRedirected,
            OutPalette = PaletteFor(Console.IsOutputRedirected),
            ErrorPalette = PaletteFor(Console.IsErrorRedirected),
            IsErrorTerminal = !Console.IsErrorRedirected,
            AskSecret = prompt => Console.IsInputRedirected ? null : HiddenInput.Ask(prompt),
            Clock = TimeProvider.System,
            Environment = Variables(),
        };
        return (int)CommandLine.Run(arguments, terminal, prepared);
    }

    /// <summary>Not Console.Out: setting that up, with its terminal database, costs more than all of a check.</summary>
    private static StreamWriter Writer(Stream stream) => new(stream) { NewLine = "\n" };

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
