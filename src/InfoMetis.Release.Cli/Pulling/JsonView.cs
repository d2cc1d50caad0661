using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A JSON object a line every few seconds: for programs that watch.</summary>
internal sealed class JsonView(TextWriter writer, TimeProvider clock) : IPullView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work)
    {
        var pace = new Pace(clock, plan.ToFetch);
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
        {
            await writer.WriteLineAsync(Line(plan, progress, pace));
            await writer.FlushAsync();
        }
        return await work;
    }

    private static string Line(PullPlan plan, PullProgress progress, Pace pace)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("event", "progress");
            json.WriteNumber("fetched", progress.Fetched);
            json.WriteNumber("toFetch", plan.ToFetch);
            json.WriteNumber("blobs", progress.Blobs);
            json.WriteNumber("bytesPerSecond", pace.PerSecond(progress.Fetched));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
