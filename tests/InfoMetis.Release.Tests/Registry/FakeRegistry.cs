using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InfoMetis.Release.Oci;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>One answer to one request.</summary>
public delegate Task Answer(HttpContext context);

public sealed record Seen(string Method, string Path, string? Authorization, string? Range, string Accept);

/// <summary>A registry that speaks HTTP on loopback and answers as it should, except where a script says otherwise.</summary>
public sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, Content> _content = new();
    private readonly List<(string Path, Answer Answer, bool Always)> _script = [];

    private FakeRegistry(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.First());
    public string Host => Url.Authority;
    public ConcurrentQueue<Seen> Requests { get; } = new();

    /// <summary>Judges each request for content before it is answered; where it returns false it has answered itself.</summary>
    public Func<HttpContext, Task<bool>>? Guard { get; set; }

    public static async Task<FakeRegistry> StartAsync(
        X509Certificate2? certificate = null,
        ClientCertificateMode clients = ClientCertificateMode.NoCertificate
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(
                            certificate,
                            https =>
                            {
                                https.ClientCertificateMode = clients;
                                https.AllowAnyClientCertificate();
                            }
                        );
                }
            );
        });
        var server = builder.Build();
        var registry = new FakeRegistry(server);
        server.Run(registry.AnswerAsync);
        await server.StartAsync();
        return registry;
    }

    public Descriptor Add(string repository, byte[] content, string mediaType, params string[] tags)
    {
        var digest = Digest.Parse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}");
        var kind = MediaTypes.IsIndex(mediaType) || MediaTypes.IsManifest(mediaType) ? "manifests" : "blobs";
        foreach (var name in tags.Append(digest.ToString()))
            _content[$"/v2/{repository}/{kind}/{name}"] = new Content(content, mediaType, digest.ToString());
        return new Descriptor(mediaType, digest, content.Length);
    }

    /// <summary>A file such as any web server has.</summary>
    public Uri AddFile(string path, byte[] content)
    {
        _content[path] = new Content(content, "application/octet-stream", Digest.Of(content).ToString());
        return new Uri(Url, path);
    }

    /// <summary>The next requests whose path holds this text are answered so, one each.</summary>
    public void Next(string path, params Answer[] answers)
    {
        lock (_script)
            _script.AddRange(answers.Select(answer => (path, answer, false)));
    }

    /// <summary>Every request whose path holds this text is answered so.</summary>
    public void Always(string path, Answer answer)
    {
        lock (_script)
            _script.Add((path, answer, true));
    }

    public int Count(string path) => Requests.Count(request => request.Path.Contains(path, StringComparison.Ordinal));

    public Content? Find(string path) => _content.GetValueOrDefault(path);

    public void Remove(string path) => _content.TryRemove(path, out _);

    /// <summary>Other bytes under the same name, where there is any, and the same promise of their digest.</summary>
    public void Replace(string path, byte[] bytes)
    {
        if (_content.TryGetValue(path, out var old))
            _content[path] = old with { Bytes = bytes };
    }

    public Content? Find(HttpContext context) => _content.GetValueOrDefault(context.Request.Path.Value!);

    public async Task ServeAsync(HttpContext context)
    {
        if (Find(context) is not { } content)
        {
            await Nasty.Status(404, "MANIFEST_UNKNOWN")(context);
            return;
        }
        var response = context.Response;
        response.ContentType = content.MediaType;
        response.Headers["Docker-Content-Digest"] =
            response.Headers["Docker-Content-Digest"].FirstOrDefault() ?? content.Digest;
        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        var start = (int)(range?.From ?? 0);
        if (range is not null)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {start}-{content.Bytes.Length - 1}/{content.Bytes.Length}";
        }
        response.ContentLength = content.Bytes.Length - start;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(content.Bytes[start..]);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        Requests.Enqueue(
            new Seen(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                headers.Authorization,
                headers.Range,
                headers.Accept.ToString()
            )
        );
        if (Scripted(context.Request.Path) is { } answer)
            await answer(context);
        else if (Guard is null || await Guard(context))
            await ServeAsync(context);
    }

    private Answer? Scripted(string path)
    {
        lock (_script)
        {
            var index = _script.FindIndex(entry => path.Contains(entry.Path, StringComparison.Ordinal));
            if (index < 0)
                return null;
            var entry = _script[index];
            if (!entry.Always)
                _script.RemoveAt(index);
            return entry.Answer;
        }
    }

    public sealed record Content(ReadOnlyMemory<byte> Bytes, string MediaType, string Digest);
}
