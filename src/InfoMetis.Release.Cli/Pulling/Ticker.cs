namespace InfoMetis.Release.Cli.Pulling;

/// <summary>Writes a line every few seconds for as long as a piece of work takes.</summary>
internal sealed class Ticker(TextWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<T> WatchAsync<T>(Task<T> work, Func<string> line)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
        {
            await writer.WriteLineAsync(line());
            await writer.FlushAsync();
        }
        return await work;
    }
}
