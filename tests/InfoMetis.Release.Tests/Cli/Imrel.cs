using InfoMetis.Release.Cli;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Tests.Cli;

/// <summary>Runs a command line in this process, with what it printed caught.</summary>
internal sealed record Imrel(ExitCode ExitCode, string Out, string Error)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What was written as it is.</summary>
    public byte[] OutBytes { get; private init; } = [];

    public static string Release { get; } = Repository.PathTo("releases", "v0.5.0.yaml");

    private static readonly Dictionary<string, string> NoVariables = [];

    public static Imrel Run(params string[] arguments) => Run(new StoppedClock(), NoVariables, arguments);

    /// <summary>As <see cref="Run(string[])"/>, with variables set.</summary>
    public static Imrel Run(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Run(new StoppedClock(), environment, arguments);

    /// <summary>As <see cref="Run(string[])"/>, in another environment.</summary>
    public static Imrel Run(
        TimeProvider clock,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    ) => Run(clock, environment, askSecret: _ => null, arguments);

    /// <summary>As <see cref="Run(string[])"/>, with somebody at the terminal.</summary>
    public static Imrel Run(Func<string, string?> askSecret, params string[] arguments) =>
        Run(new StoppedClock(), NoVariables, askSecret, arguments);

    private static Imrel Run(
        TimeProvider clock,
        IReadOnlyDictionary<string, string> environment,
        Func<string, string?> askSecret,
        string[] arguments
    )
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var bytes = new MemoryStream();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            OutBytes = bytes,
            IsOutTerminal = false,
            OutPalette = Palette.None,
            ErrorPalette = Palette.None,
            IsErrorTerminal = false,
            AskSecret = askSecret,
            Clock = clock,
            Environment = environment,
        };
        var exitCode = CommandLine.Run(arguments, terminal, CommandLine.HeadStart(arguments));
        return new Imrel(exitCode, Shown(output), Shown(error)) { OutBytes = bytes.ToArray() };
    }

    /// <summary>The release with every image pinned, and whatever else a test wants changed, as a file.</summary>
    public static string PinnedRelease(TemporaryFolder folder, Func<string, string>? change = null)
    {
        var lines = File.ReadAllLines(Release)
            .Select(line => line.Contains("image: ", StringComparison.Ordinal) ? Pinned(line) : line);
        var text = string.Join('\n', lines) + "\n";
        return folder.Write("pinned.yaml", System.Text.Encoding.UTF8.GetBytes(change is null ? text : change(text)));
    }

    private static string Pinned(string line)
    {
        var code = line.Split(" #")[0].TrimEnd();
        return code.Contains('@', StringComparison.Ordinal) ? code : $"{code}@{Digest(code)}";
    }

    private static string Digest(string line) =>
        $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line)))}";

    /// <summary>As it would read in the folder of the repository, from a program that is not the test host.</summary>
    private static string Shown(StringWriter writer) =>
        writer
            .ToString()
            .Replace($"{Repository.Root}/", "", StringComparison.Ordinal)
            .Replace("testhost", "imrel", StringComparison.Ordinal);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
