using System.Diagnostics;
using System.Text;

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
        using var process = new Process { StartInfo = StartInfo() };
        using var limit = new CancellationTokenSource(Limit);
        var output = new Collector();
        var error = new Collector();
        process.OutputDataReceived += output.Add;
        process.ErrorDataReceived += error.Add;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Program} did not end within {Limit}:\n{output.Text}{error.Text}", exception);
        }
        return new Finished(process.ExitCode, output.Text, error.Text);
    }

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

    private sealed class Collector
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                    return _text.ToString();
            }
        }

        public void Add(object sender, DataReceivedEventArgs line)
        {
            lock (_text)
            {
                if (line.Data is not null)
                    _text.Append(line.Data).Append('\n');
            }
        }
    }
}
