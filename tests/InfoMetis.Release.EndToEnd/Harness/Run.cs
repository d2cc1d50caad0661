using System.Diagnostics;

namespace InfoMetis.Release.EndToEnd.Harness;

internal sealed record Finished(int ExitCode, string Output, string Error);

/// <summary>One program, run to its end without a shell, with nothing to read and a bound on its time.</summary>
internal sealed record Run(string Program, params string[] Arguments)
{
    public string Folder { get; init; } = RepositoryRoot.Folder;

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What differs from this process's environment; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public async Task<Finished> ToEndAsync()
    {
        using var running = Start();
        return await running.EndAsync(Limit);
    }

    public Running Start() => new(StartInfo());

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Path.IsPathRooted(Program) ? Program : Tools.Require(Program), Arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = Tools.SearchPath;
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }
}
