using System.Net;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>One repository that content is put into. Each call is one attempt; nothing is tried twice here.</summary>
internal sealed class TargetEndpoint
{
    private readonly Conversation _conversation;
    private readonly Audience _audience;
    private readonly Uri _base;

    public TargetEndpoint(Uri root, Audience audience, HttpMessageInvoker http, TimeProvider clock)
    {
        _base = new Uri(root, $"v2/{audience.Repository}/");
        _audience = audience;
        _conversation = new Conversation(http, audience.Origin, clock, AnswerFaults.OfTarget);
        Reading = new RegistryEndpoint(root, audience, http, clock);
    }

    public string Name => Reading.Name;

    /// <summary>The repository as it is called there.</summary>
    public string Repository => _audience.Repository;

    public Origin Origin => _audience.Origin;

    /// <summary>The same repository, to read from.</summary>
    public RegistryEndpoint Reading { get; }

    /// <summary>Begins an upload, or has a blob linked that another repository of this registry holds.</summary>
    /// <param name="from">The repository that holds it, or null where it has to be sent.</param>
    /// <returns>Where it is to be sent, or null where it is there now.</returns>
    public Task<Uri?> BeginAsync(Digest blob, string? from, CancellationToken cancellationToken)
    {
        var mount = from is null ? "" : $"?mount={blob}&from={Uri.EscapeDataString(from)}";
        return _conversation.AskAsync(
            Requests.Bare(HttpMethod.Post, new Uri(_base, $"blobs/uploads/{mount}"), _audience),
            (response, exchange) =>
            {
                using (response)
                    return Task.FromResult(Place(response, from is not null, exchange));
            },
            cancellationToken
        );
    }

    /// <summary>Sends a blob to where <see cref="BeginAsync"/> said.</summary>
    public Task<bool> SendAsync(Uri place, Digest blob, UploadBody body, CancellationToken cancellationToken)
    {
        var url = new UriBuilder(place);
        url.Query = url.Query.Length > 1 ? $"{url.Query}&digest={blob}" : $"digest={blob}";
        return DoneAsync(Requests.Upload(url.Uri, _audience, body), HttpStatusCode.Created, cancellationToken);
    }

    public Task<bool> PutAsync(ResolvedManifest manifest, string reference, CancellationToken cancellationToken) =>
        DoneAsync(
            Requests.PutManifest(new Uri(_base, $"manifests/{reference}"), _audience, manifest),
            HttpStatusCode.Created,
            cancellationToken
        );

    /// <summary>Accepted is not yet done: what is to be there has to be said to be there.</summary>
    private Task<bool> DoneAsync(
        HttpRequestMessage request,
        HttpStatusCode done,
        CancellationToken cancellationToken
    ) =>
        _conversation.AskAsync(
            request,
            (response, exchange) =>
            {
                var isDone = response.StatusCode == done;
                response.Dispose();
                return isDone
                    ? Task.FromResult(true)
                    : throw new RegistryFault(
                        e => Message.BadAnswer(e, "it does not say that the content was stored"),
                        exchange
                    );
            },
            cancellationToken
        );

    private static Uri? Place(HttpResponseMessage response, bool mayBeThere, Exchange exchange)
    {
        if (response.StatusCode is HttpStatusCode.Created && mayBeThere)
            return null;
        var from = response.RequestMessage!.RequestUri!;
        if (response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var place))
            throw new RegistryFault(e => Message.BadAnswer(e, "an upload that names no place to send to"), exchange);
        return RedirectHandler.Objection(from, place, followed: 0) is { } reason
            ? throw new RegistryFault(e => Message.RedirectRefused(e, RedirectHandler.Shown(place), reason), exchange)
            : place;
    }
}
