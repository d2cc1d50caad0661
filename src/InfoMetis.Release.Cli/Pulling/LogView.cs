namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A plain line every few seconds: for logs and for people behind a pipe.</summary>
internal sealed class LogView(TextWriter writer, TimeProvider clock) : IPullView
{
    private readonly Ticker _ticker = new(writer, clock);

    public Task<TPlan> WatchPlanAsync<TPlan>(int images, Task<TPlan> planning) =>
        _ticker.WatchAsync(planning, () => $"reading the documents of {Units.Count(images, "image")}");

    public Task<T> WatchAsync<T>(Transfer transfer, Task<T> work)
    {
        var pace = new Pace(clock, transfer.Total);
        return _ticker.WatchAsync(work, () => Line(transfer, pace));
    }

    private static string Line(Transfer transfer, Pace pace)
    {
        var moved = transfer.Moved();
        var left = pace.Left(moved) is { } time ? $", {Units.Time(time)} left" : "";
        var rate = Units.Bytes(pace.PerSecond(moved));
        return $"{transfer.Verb} {Units.Bytes(moved)} of {Units.Bytes(transfer.Total)}, {Units.Count(transfer.Blobs(), "blob")} done, {rate}/s{left}";
    }
}
