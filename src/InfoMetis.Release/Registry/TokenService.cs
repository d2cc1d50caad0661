using System.Net;
using System.Net.Http.Headers;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Asks a realm for an access token, as Docker's token protocol and its OAuth2 variant say.</summary>
internal sealed class TokenService(TimeProvider clock)
{
    private const int Limit = 64 * 1024;

    public async Task<Grant?> FetchAsync(
        TokenRequest what,
        Credential? credential,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        using var request = credential?.IdentityToken is { } identity
            ? what.Post(identity)
            : what.Get(credential?.Basic());
        var exchange = Requests.Exchange(request) with { Subject = what.Subject };
        try
        {
            using var response = await send(request, cancellationToken);
            if (response.StatusCode is not HttpStatusCode.OK)
                throw await FaultAsync(response, exchange, cancellationToken);
            var body = await BoundedBody.ReadAsync(response, Limit, cancellationToken);
            return body is null
                ? throw new RegistryFault(e => Message.BadAnswer(e, "a token of more than 64 KiB"), exchange)
                : Read(body, exchange);
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            throw TransportFaults.BeforeAnswer(exception, exchange);
        }
    }

    private Grant Read(byte[] body, Exchange exchange)
    {
        var answer = TokenAnswer.Read(body);
        var expires = answer is null ? default : clock.GetUtcNow() + answer.Life;
        return answer is not null && Grant.Of("Bearer", answer.Token, expires) is { } grant
            ? grant
            : throw new RegistryFault(e => Message.TokenRefused(e, "its answer holds none"), exchange);
    }

    private async Task<RegistryFault> FaultAsync(
        HttpResponseMessage response,
        Exchange exchange,
        CancellationToken cancellationToken
    )
    {
        var fault = await AnswerFaults.OfAsync(
            response,
            exchange,
            AnswerFaults.OfRegistry,
            clock.GetUtcNow(),
            cancellationToken
        );
        return
            response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new RegistryFault(e => Message.TokenRefused(e, "it does not accept the credentials"), fault.Exchange)
            : fault;
    }
}

/// <summary>Which token is wanted of whom.</summary>
internal sealed record TokenRequest(Uri Realm, string? Service, string Scope, string Subject)
{
    private const string ClientId = "imrel";

    public HttpRequestMessage Get(Secret? basic)
    {
        var query = string.Join('&', Scope.Split(' ').Select(one => $"scope={Uri.EscapeDataString(one)}"));
        if (Service is not null)
            query = $"service={Uri.EscapeDataString(Service)}&{query}";
        var url = new UriBuilder(Realm);
        url.Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query;
        var request = Requests.Plain(HttpMethod.Get, url.Uri);
        if (basic is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic.Reveal());
        return request;
    }

    public HttpRequestMessage Post(Secret identity)
    {
        var request = Requests.Plain(HttpMethod.Post, Realm);
        request.Content = new FormUrlEncodedContent([
            new("grant_type", "refresh_token"),
            new("service", Service ?? ""),
            new("client_id", ClientId),
            new("scope", Scope),
            new("refresh_token", identity.Reveal()),
        ]);
        return request;
    }
}
