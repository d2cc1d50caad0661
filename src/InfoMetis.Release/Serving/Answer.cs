using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace InfoMetis.Release.Serving;

/// <summary>The answer to one request, and how much of it was given away.</summary>
internal sealed class Answer
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpContext _context;

    public Answer(HttpContext context)
    {
        _context = context;
        Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        Headers.XContentTypeOptions = "nosniff";
    }

    public HttpRequest Request => _context.Request;

    public IHeaderDictionary Headers => _context.Response.Headers;

    /// <summary>Ends when the client has gone.</summary>
    public CancellationToken Gone => _context.RequestAborted;

    public bool HasStarted => _context.Response.HasStarted;

    public bool IsHead => HttpMethods.IsHead(Request.Method);

    public int Status => _context.Response.StatusCode;

    public long Sent { get; private set; }

    /// <summary>Whether all that was announced was given away.</summary>
    public bool IsWhole => IsHead || Sent == (_context.Response.ContentLength ?? 0);

    /// <summary>A value of the query; null where it is not there, or there twice.</summary>
    public string? Query(string key) => Request.Query[key] is [{ } value] ? value : null;

    public void Begin(int status, string mediaType, long length)
    {
        _context.Response.StatusCode = status;
        _context.Response.ContentType = mediaType;
        _context.Response.ContentLength = length;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _context.Response.Body.WriteAsync(bytes, Gone);
        Sent += bytes.Length;
    }

    public async Task JsonAsync(int status, string mediaType, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream, Plain))
            write(json);
        Begin(status, mediaType, stream.Length);
        if (!IsHead)
            await SendAsync(stream.ToArray());
    }

    public Task ErrorAsync(OciError error, string message) =>
        JsonAsync(
            error.Status,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("code", error.Code);
                json.WriteString("message", message);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    /// <summary>Breaks the connection off, so that nobody takes what was sent for all there is.</summary>
    public void Break() => _context.Abort();
}
