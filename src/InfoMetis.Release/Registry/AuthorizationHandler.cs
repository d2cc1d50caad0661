using System.Net;
using System.Net.Http.Headers;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Gives each request the authorization of the origin it goes to, and obtains a new one, once, where that is refused: the
/// first time, and whenever a token ends in the middle of a build.
/// </summary>
internal sealed class AuthorizationHandler(GrantCache grants, Authorizer authorizer, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (Requests.AudienceOf(request) is not { } audience || Origin.Of(request.RequestUri!) != audience.Origin)
            return await base.SendAsync(request, cancellationToken);
        var used = grants.Current(audience);
        Apply(request, used);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.Unauthorized)
            return response;
        var challenges = Challenge.Of(response);
        var exchange = Requests.Exchange(request) with { Status = (int)response.StatusCode };
        // A turn at the host is held until the body is given back, and the token service may be on the same host.
        await ErrorBody.DetachAsync(response, cancellationToken);
        Grant? fresh = null;
        try
        {
            fresh = await grants.RenewAsync(
                audience,
                used,
                token => authorizer.ObtainAsync(audience, challenges, exchange, base.SendAsync, token),
                cancellationToken
            );
        }
        finally
        {
            if (fresh is not null)
                response.Dispose();
        }
        if (fresh is null)
            return response;
        Apply(request, fresh);
        return await base.SendAsync(request, cancellationToken);
    }

    private static void Apply(HttpRequestMessage request, Grant? grant) =>
        request.Headers.Authorization = grant is null
            ? null
            : new AuthenticationHeaderValue(grant.Scheme, grant.Value.Reveal());
}
