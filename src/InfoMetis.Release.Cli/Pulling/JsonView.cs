using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A JSON object a line every few seconds: for programs that watch.</summary>
internal sealed class JsonView(TextWriter writer, TimeProvider clock) : IPullView
{
    private readonly Ticker _ticker = new(writer, clock);

    public Task<PullPlan> WatchPlanAsync(int images, Task<PullPlan> planning) =>
        _ticker.WatchAsync(planning, () => Event("plan", json => json.WriteNumber("images", images)));

    public Task<T> WatchAsync<T>(PullPlan plan, PullProgress progress, Task<T> work)
    {
        var pace = new Pace(clock, plan.ToFetch);
        return _ticker.WatchAsync(work, () => Event("progress", json => Write(json, plan, progress, pace)));
    }

    private static void Write(Utf8JsonWriter json, PullPlan plan, PullProgress progress, Pace pace)
    {
        var fetched = progress.Fetched;
        json.WriteNumber("fetched", fetched);
        json.WriteNumber("toFetch", plan.ToFetch);
        json.WriteNumber("blobs", progress.Blobs);
        json.WriteNumber("bytesPerSecond", pace.PerSecond(fetched));
    }

    private static string Event(string name, JsonContent content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            content(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
