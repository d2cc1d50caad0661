namespace InfoMetis.Release.Cli.Pulling;

/// <summary>How fast bytes have come since the start, and what that makes of the rest.</summary>
internal sealed class Pace(TimeProvider clock, long toFetch)
{
    private readonly long _start = clock.GetTimestamp();

    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    public long PerSecond(long fetched) => Elapsed.TotalSeconds > 0 ? (long)(fetched / Elapsed.TotalSeconds) : 0;

    /// <summary>Null where nothing has come yet, and so nothing can be said.</summary>
    public TimeSpan? Left(long fetched) =>
        PerSecond(fetched) is > 0 and var rate
            ? TimeSpan.FromSeconds(Math.Max(0, toFetch - fetched) / (double)rate)
            : null;
}
