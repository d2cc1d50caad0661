using System.Globalization;
using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Serving;

namespace InfoMetis.Release.Cli.Serving;

/// <summary>
/// What happens while images are served: a line for each request, where that is wanted, a count of them, and whatever is
/// found; told by many threads.
/// </summary>
internal sealed class RequestLog(Terminal terminal, bool isVerbose, bool isJson)
{
    private readonly Lock _writing = new();
    private readonly Notices _found = new();
    private long _requests;
    private long _bytes;

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    public IReadOnlyList<Finding> Findings => _found.All;

    public void Add(Finding finding)
    {
        _found.Add(finding);
        lock (_writing)
        {
            FindingText.Write(terminal.Error, finding, terminal.ErrorPalette);
            terminal.Error.Flush();
        }
    }

    public void Add(ServedRequest request)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, request.Bytes);
        if (!isVerbose)
            return;
        var line = isJson ? Json(request) : Text(request);
        lock (_writing)
        {
            terminal.Error.WriteLine(line);
            terminal.Error.Flush();
        }
    }

    private static string Text(ServedRequest request)
    {
        var broken = request.IsWhole ? "" : ", broken off";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Client} {Message.Shown(request.Method)} {Message.Shown(request.Target)} {request.Status} {Units.Bytes(request.Bytes)} in {request.Time.TotalSeconds:0.000} s{broken}"
        );
    }

    private string Json(ServedRequest request)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("event", "request");
            json.WriteString("time", terminal.Clock.GetUtcNow());
            json.WriteString("client", request.Client);
            json.WriteString("method", request.Method);
            json.WriteString("target", request.Target);
            json.WriteNumber("status", request.Status);
            json.WriteNumber("bytes", request.Bytes);
            json.WriteNumber("seconds", request.Time.TotalSeconds);
            json.WriteBoolean("whole", request.IsWhole);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
