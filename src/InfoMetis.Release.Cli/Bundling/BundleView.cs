using System.Text;
using System.Text.Json;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>Shows how the making of a bundle goes on: a line when a stage begins, and one every few seconds after that.</summary>
internal sealed class BundleView(Terminal terminal, bool isJson)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int LinesApart = 5;

    public async Task<T> WatchAsync<T>(BundleProgress progress, Task<T> work)
    {
        BundleStage? said = null;
        for (var tick = 0; ; tick++)
        {
            if (progress.Stage != said || tick % LinesApart == 0)
            {
                said = progress.Stage;
                await terminal.Error.WriteLineAsync(isJson ? Event(progress) : Text(progress));
                await terminal.Error.FlushAsync();
            }
            if (await Task.WhenAny(work, Task.Delay(Interval, terminal.Clock)) == work)
                return await work;
        }
    }

    private static string Text(BundleProgress progress)
    {
        var stage = progress.Stage switch
        {
            BundleStage.LayingOut => "looking which content shrinks",
            BundleStage.Writing => "writing the archive",
            BundleStage.Proving => "reading it back and proving every blob",
            _ => "signing",
        };
        return progress.Total > 0 ? $"{stage}: {Units.Bytes(progress.Done)} of {Units.Bytes(progress.Total)}" : stage;
    }

    private static string Event(BundleProgress progress)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("event", "bundle");
            json.WriteString("stage", Word(progress.Stage));
            json.WriteNumber("done", progress.Done);
            json.WriteNumber("total", progress.Total);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Word(BundleStage stage) =>
        stage switch
        {
            BundleStage.LayingOut => "layout",
            BundleStage.Writing => "write",
            BundleStage.Proving => "prove",
            _ => "sign",
        };
}
