namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A plain line every few seconds: for logs and for people behind a pipe.</summary>
internal sealed class LogView(TextWriter writer, TimeProvider clock) : IPullView
{
    private readonly Ticker _ticker = new(writer, clock);

    public Task<PullPlan> WatchPlanAsync(int images, Task<PullPlan> planning) =>
        _ticker.WatchAsync(planning, () => $"reading the documents of {Units.Count(images, "image")}");

    public Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work)
    {
        var pace = new Pace(clock, plan.ToFetch);
        return _ticker.WatchAsync(work, () => Line(plan, progress, pace));
    }

    private static string Line(PullPlan plan, PullProgress progress, Pace pace)
    {
        var fetched = progress.Fetched;
        var left = pace.Left(fetched) is { } time ? $", {Units.Time(time)} left" : "";
        var rate = Units.Bytes(pace.PerSecond(fetched));
        return $"fetched {Units.Bytes(fetched)} of {Units.Bytes(plan.ToFetch)}, {Units.Count(progress.Blobs, "blob")} done, {rate}/s{left}";
    }
}
