namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A plain line every few seconds: for logs and for people behind a pipe.</summary>
internal sealed class LogView(TextWriter writer, TimeProvider clock) : IPullView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work)
    {
        var pace = new Pace(clock, plan.ToFetch);
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
        {
            var fetched = progress.Fetched;
            var left = pace.Left(fetched) is { } time ? $", {Units.Time(time)} left" : "";
            await writer.WriteLineAsync(
                $"fetched {Units.Bytes(fetched)} of {Units.Bytes(plan.ToFetch)}, {Units.Count(progress.Blobs, "blob")} done, {Units.Bytes(pace.PerSecond(fetched))}/s{left}"
            );
            await writer.FlushAsync();
        }
        return await work;
    }
}
