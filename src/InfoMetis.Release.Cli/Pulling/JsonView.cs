using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A JSON object a line every few seconds: for programs that watch.</summary>
internal sealed class JsonView(TextWriter writer, TimeProvider clock) : IPullView
{
    private readonly Ticker _ticker = new(writer, clock);

    public Task<TPlan> WatchPlanAsync<TPlan>(int images, Task<TPlan> planning) =>
        _ticker.WatchAsync(planning, () => Event("plan", json => json.WriteNumber("images", images)));

    public Task<T> WatchAsync<T>(Transfer transfer, Task<T> work)
    {
        var pace = new Pace(clock, transfer.Total);
        return _ticker.WatchAsync(work, () => Event("progress", json => Write(json, transfer, pace)));
    }

    private static void Write(Utf8JsonWriter json, Transfer transfer, Pace pace)
    {
        var moved = transfer.Moved();
        json.WriteNumber(transfer.Verb, moved);
        json.WriteNumber(transfer.Goal, transfer.Total);
        json.WriteNumber("blobs", transfer.Blobs());
        json.WriteNumber("bytesPerSecond", pace.PerSecond(moved));
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
