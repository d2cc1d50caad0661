using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>A web server with one file, whatever it is asked for.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly X509Certificate2 _certificate;

    private FileServer(WebApplication server, X509Certificate2 certificate) =>
        (_server, _certificate) = (server, certificate);

    public Uri Url => new(_server.Urls.First());

    public static async Task<FileServer> StartAsync(Authority authority, byte[] content)
    {
        var certificate = X509Certificate2.CreateFromPemFile(authority.Server.File, authority.Server.Key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))
        );
        var server = builder.Build();
        server.Run(context =>
            Results.Bytes(content, "application/octet-stream", enableRangeProcessing: true).ExecuteAsync(context)
        );
        await server.StartAsync();
        return new FileServer(server, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }
}
