using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Serving;

/// <summary>A registry that is only read from, as long as it is not disposed.</summary>
public sealed class ImageServer : IAsyncDisposable
{
    private readonly WebHost _host;
    private readonly Proofs _proofs;

    private ImageServer(WebHost host, Proofs proofs, bool isEncrypted)
    {
        (_host, _proofs) = (host, proofs);
        Url = new Uri($"{(isEncrypted ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{host.Endpoint}/");
    }

    /// <summary>Where it listens, with the port that was found.</summary>
    public IPEndPoint Endpoint => _host.Endpoint;

    public Uri Url { get; }

    /// <exception cref="ReleaseException">It cannot listen there, or what it is to prove first is damaged.</exception>
    public static async Task<ImageServer> StartAsync(
        ServedImages images,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        WebFramework.Require();
        // What is found before anybody listens is told by how this ends.
        var isListening = false;
        var proofs = new Proofs(finding => (isListening ? options.Found : null)?.Invoke(finding));
        try
        {
            if (options.ProvesFirst)
                await proofs.ProveAsync(images.Contents, cancellationToken);
            isListening = true;
            var host = await WebHost.StartAsync(images, proofs, options, cancellationToken);
            return new ImageServer(host, proofs, options.Certificate is not null);
        }
        catch
        {
            proofs.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _proofs.Dispose();
    }
}
