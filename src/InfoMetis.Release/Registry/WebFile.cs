using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>
/// One file on a web server, reached as registries are: https to the end, no credentials, tried again where that may help.
/// </summary>
public sealed class WebFile : IImageSource
{
    private readonly Uri _url;
    private readonly Conversation _conversation;
    private readonly RegistryOptions _options;

    internal WebFile(Uri url, HttpMessageInvoker http, RegistryOptions options)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("files come by https only", nameof(url));
        (_url, _options) = (url, options);
        _conversation = new Conversation(http, Origin.Of(url), options.Clock, AnswerFaults.OfWebServer);
    }

    /// <summary>The URL as it may be shown.</summary>
    public string Name => RedactedUrl.Of(_url);

    /// <summary>What the server says of its size. A GET that is broken off, for links that are signed allow nothing else.</summary>
    /// <param name="reference">The digest that the content has to have.</param>
    public Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        _conversation.AskAsync(
            Requests.File(_url, offset: 0),
            (response, exchange) =>
            {
                using (response)
                {
                    var size = BlobAnswer.SizeOf(response, exchange);
                    return Task.FromResult(new Descriptor(MediaTypes.AnyContent, Digest.Parse(reference), size));
                }
            },
            cancellationToken
        );

    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, target.Size);
        return _conversation.FetchAsync(from => Requests.File(_url, from), target, offset, cancellationToken);
    }

    /// <summary>As <see cref="RegistrySource.ReadAsync{T}"/>, of the one place there is.</summary>
    public Task<T> ReadAsync<T>(Func<WebFile, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Patience.ReadAsync(_options, Name, [this], file => file.Name, read, cancellationToken);
}
