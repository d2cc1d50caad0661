using Spectre.Console;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>For a terminal: a line for each blob on its way, and one for all of them with rate and time left.</summary>
internal sealed class TerminalView(TextWriter writer, TimeProvider clock) : IPullView
{
    private const int ShownDigits = 12;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public Task<TPlan> WatchPlanAsync<TPlan>(int images, Task<TPlan> planning) =>
        new LogView(writer, clock).WatchPlanAsync(images, planning);

    public async Task<T> WatchAsync<T>(Transfer transfer, Task<T> work)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        await console
            .Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                UnitsColumn.Size,
                UnitsColumn.Rate,
                new RemainingTimeColumn()
            )
            .StartAsync(context => UpdateAsync(context, transfer, work));
        return await work;
    }

    private async Task UpdateAsync(ProgressContext context, Transfer transfer, Task work)
    {
        var total = context.AddTask("all", maxValue: Math.Max(1, transfer.Total));
        var lines = new Dictionary<Oci.Digest, ProgressTask>();
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
        {
            total.Value = transfer.Moved();
            var running = transfer.Running();
            foreach (var blob in running)
            {
                if (!lines.TryGetValue(blob.Digest, out var line))
                    lines[blob.Digest] = line = context.AddTask(Name(blob), maxValue: Math.Max(1, blob.Size));
                line.Value = blob.Here;
            }
            var over = lines.Keys.Except(running.Select(blob => blob.Digest)).ToList();
            foreach (var digest in over)
            {
                lines[digest].Value = lines[digest].MaxValue;
                lines[digest].StopTask();
                lines.Remove(digest);
            }
        }
    }

    private static string Name(RunningBlob blob) => Markup.Escape($"{blob.For} {blob.Digest.Hex[..ShownDigits]}");
}
