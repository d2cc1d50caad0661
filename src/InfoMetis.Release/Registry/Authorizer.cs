using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Answers a challenge: a token from the realm where it is trusted, else name and password.</summary>
internal sealed class Authorizer(CredentialStore credentials, TokenService tokens)
{
    public async Task<Grant?> ObtainAsync(
        Audience audience,
        IReadOnlyList<Challenge> challenges,
        Exchange exchange,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        var bearer = challenges.FirstOrDefault(c => c.Is("Bearer"));
        if (bearer is null && !challenges.Any(c => c.Is("Basic")))
            return null;
        var credential = await credentials.FindAsync(audience.CredentialHost, audience.Repository, cancellationToken);
        if (bearer is null)
            return credential?.Basic() is { } basic ? Grant.Of("Basic", basic, DateTimeOffset.MaxValue) : null;
        if (credential?.RegistryToken is { } token)
            return Grant.Of("Bearer", token, DateTimeOffset.MaxValue);
        var realm = RealmPolicy.Check(bearer["realm"], audience, exchange);
        var request = new TokenRequest(realm, bearer["service"], audience.ScopeFor(bearer["scope"]), audience.Subject);
        return await tokens.FetchAsync(request, credential, send, cancellationToken);
    }
}
