using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Trusting_token_services
{
    private static readonly Exchange Asked = new("subject", "GET", "url");

    [Theory]
    [InlineData("https://registry-1.docker.io", "https://auth.docker.io/token")]
    [InlineData("https://lscr.io", "https://ghcr.io/token")]
    [InlineData("https://ghcr.io", "https://ghcr.io/token")]
    [InlineData("https://quay.io", "https://quay.io:444/v2/auth")]
    [InlineData("https://registry.gitlab.com", "https://gitlab.com/jwt/auth")]
    [InlineData("https://docker.elastic.co", "https://docker-auth.elastic.co/auth")]
    [InlineData("https://harbor.site.local", "https://auth.harbor.site.local/token")]
    [InlineData("https://named.example", "https://tokens.other.example/token")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/token")]
    [InlineData("http://127.0.0.1:5000", "http://localhost:5001/token")]
    [InlineData("http://plain.site.local", "http://plain.site.local/token")]
    [InlineData("http://plain.site.local", "https://plain.site.local/token")]
    public void Takes_those_of_the_registry_s_own(string registry, string realm) =>
        Check(registry, realm).ShouldBe(new Uri(realm));

    [Theory]
    [InlineData("https://quay.io", "http://quay.io/auth")]
    [InlineData("https://quay.io", "https://evil.example/auth")]
    [InlineData("https://quay.io", "https://evil.io/auth")]
    [InlineData("https://quay.io", "https://evilquay.io/auth")]
    [InlineData("https://quay.io", "https://quay.io.evil.example/auth")]
    [InlineData("https://registry.co.uk", "https://evil.co.uk/auth")]
    [InlineData("https://quay.io", "https://auth.docker.io/token")]
    [InlineData("https://10.0.0.1", "https://10.0.0.2/token")]
    [InlineData("https://10.0.0.1", "https://x.0.0.1.example/token")]
    [InlineData("http://plain.site.local", "http://other.site.local/token")]
    [InlineData("https://quay.io", "https://u:p@quay.io/auth")]
    public void Refuses_those_of_others(string registry, string realm) =>
        Should.Throw<RegistryFault>(() => Check(registry, realm)).Finding.Code.ShouldBe(Codes.RealmRefused);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/token")]
    public void Cannot_use_what_is_no_url(string? realm) =>
        Should
            .Throw<RegistryFault>(() => Check("https://quay.io", realm))
            .Finding.Code.ShouldNotBe(Codes.RegistryUnauthorized);

    private static Uri Check(string registry, string? realm)
    {
        var origin = Origin.Of(new Uri(registry));
        string[] named = origin.Host == "named.example" ? ["tokens.other.example"] : [];
        var audience = new Audience("subject", origin, "a/b", origin.Host, origin.Scheme == "http", named);
        return RealmPolicy.Check(realm, audience, Asked);
    }
}
