using System.Text;

namespace InfoMetis.Release.Registry;

/// <summary>What proves to a registry, or to its token service, who asks. Prints nothing of itself.</summary>
public sealed class Credential
{
    private Credential() { }

    internal Secret? User { get; private init; }
    internal Secret? Password { get; private init; }

    /// <summary>A refresh token that a token service changes into an access token.</summary>
    internal Secret? IdentityToken { get; private init; }

    /// <summary>An access token that is sent as it is.</summary>
    internal Secret? RegistryToken { get; private init; }

    public static Credential OfPassword(string user, string password) =>
        new() { User = new Secret(user), Password = new Secret(password) };

    public static Credential OfIdentityToken(string token) => new() { IdentityToken = new Secret(token) };

    public static Credential OfRegistryToken(string token) => new() { RegistryToken = new Secret(token) };

    public override string ToString() => "***";

    internal Secret? Basic() =>
        User is null || Password is null
            ? null
            : new Secret(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User.Reveal()}:{Password.Reveal()}")));
}
