using System.Diagnostics;
using System.Text;

namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>A program that runs; it is killed, with what it started, when nobody wants it any more.</summary>
internal sealed class Running : IDisposable
{
    private readonly Process _process;
    private readonly Collector _output = new();
    private readonly Collector _error = new();
    private readonly List<(Func<string, bool> IsWanted, TaskCompletionSource<string> Line)> _awaited = [];

    public Running(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>All that it has said so far.</summary>
    public string Text => _output.Text + _error.Text;

    public async Task<Finished> EndAsync(TimeSpan limit)
    {
        using var bound = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException exception)
        {
            Kill();
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {limit}:\n{Text}", exception);
        }
        return new Finished(_process.ExitCode, _output.Text, _error.Text);
    }

    /// <summary>The first line, of those to come, that is wanted.</summary>
    public async Task<string> LineAsync(Func<string, bool> isWanted, TimeSpan limit)
    {
        var line = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            if (Text.Split('\n').FirstOrDefault(isWanted) is { } said)
                return said;
            _awaited.Add((isWanted, line));
        }
        using var over = new CancellationTokenSource();
        var ended = _process.WaitForExitAsync(over.Token);
        var first = await Task.WhenAny(line.Task, ended, Task.Delay(limit, over.Token));
        await over.CancelAsync();
        return first == line.Task
            ? await line.Task
            : throw new TimeoutException($"{_process.StartInfo.FileName} did not say what was awaited:\n{Text}");
    }

    /// <summary>Until it has done something that can be seen from outside.</summary>
    public async Task UntilAsync(Func<bool> isDone, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!isDone())
        {
            if (HasEnded || clock.Elapsed > limit)
                throw new TimeoutException($"{_process.StartInfo.FileName} did not do what was awaited:\n{Text}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>As the key Ctrl-C does.</summary>
    public Task PressControlCAsync() => SignalAsync("INT");

    public Task SignalAsync(string signal) =>
        new Run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, $"{_process.Id}").ToEndAsync();

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private void Add(Collector collector, string? line)
    {
        if (line is null)
            return;
        lock (_awaited)
        {
            collector.Add(line);
            foreach (var (_, awaited) in _awaited.Where(one => one.IsWanted(line)))
                awaited.TrySetResult(line);
        }
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

        public void Add(string line)
        {
            lock (_text)
                _text.Append(line).Append('\n');
        }
    }
}
