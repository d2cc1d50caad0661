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
            Out = output,
            Error = error,
            OutPalette = PaletteFor(Console.IsOutputRedirected),
            ErrorPalette = PaletteFor(Console.IsErrorRedirected),
            Clock = TimeProvider.System,
        };
        return (int)CommandLine.Run(arguments, terminal, prepared);
    }

    /// <summary>Not Console.Out: setting that up, with its terminal database, costs more than all of a check.</summary>
    private static StreamWriter Writer(Stream stream) => new(stream) { NewLine = "\n" };

    private static Palette PaletteFor(bool isRedirected)
    {
        var plain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return plain ? Palette.None : Palette.Ansi;
    }
}
