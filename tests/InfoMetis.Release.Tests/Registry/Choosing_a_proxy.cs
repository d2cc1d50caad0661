using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Choosing_a_proxy
{
    [Theory]
    [InlineData("https://quay.io/", "http://secure:3128/")]
    [InlineData("http://quay.io/", "http://plain:3128/")]
    [InlineData("http://localhost:5000/", null)]
    [InlineData("http://127.0.0.1:5000/", null)]
    [InlineData("http://[::1]:5000/", null)]
    [InlineData("https://site.local/", null)]
    [InlineData("https://registry.site.local/", null)]
    [InlineData("https://website.local/", "http://secure:3128/")]
    [InlineData("https://below.example/", "http://secure:3128/")]
    [InlineData("https://a.below.example/", null)]
    [InlineData("https://10.1.2.3/", null)]
    [InlineData("https://11.1.2.3/", "http://secure:3128/")]
    [InlineData("https://ported.example:8443/", null)]
    [InlineData("https://ported.example/", "http://secure:3128/")]
    public void Follows_the_scheme_and_the_exceptions(string url, string? proxy)
    {
        const string Exceptions = "site.local, .below.example,10.0.0.0/8 ported.example:8443";
        var rules = ProxyRules.Of("plain:3128", "http://secure:3128", null, Exceptions);
        rules.GetProxy(new Uri(url))?.ToString().ShouldBe(proxy);
        rules.IsBypassed(new Uri(url)).ShouldBe(proxy is null);
    }

    [Fact]
    public void Takes_the_one_for_everything_where_no_other_is_set() =>
        ProxyRules
            .Of(null, "", "socks5://all:1080", null)
            .GetProxy(new Uri("https://quay.io"))!
            .Scheme.ShouldBe("socks5");

    [Fact]
    public void Uses_none_where_a_star_excepts_everything() =>
        ProxyRules.Of("a:1", "a:1", "a:1", "*").IsBypassed(new Uri("https://quay.io")).ShouldBeTrue();

    [Fact]
    public void Keeps_the_login_out_of_the_address()
    {
        var rules = ProxyRules.Of(null, "http://me:hunter%202@proxy:3128", null, null);
        var address = rules.GetProxy(new Uri("https://quay.io"))!;
        address.ToString().ShouldBe("http://proxy:3128/");
        rules.GetCredential(address, "Basic")!.Password.ShouldBe("hunter 2");
        rules.GetCredential(new Uri("http://other:3128"), "Basic").ShouldBeNull();
    }

    [Theory]
    [InlineData("http://me:hunter2@")]
    [InlineData("gopher://me:hunter2@proxy")]
    public void Reports_an_address_that_is_none_without_its_login(string value)
    {
        var exception = Should.Throw<ReleaseException>(() => ProxyRules.Of(value, null, null, null));
        exception.Finding.Code.ShouldBe(Codes.BadProxy);
        exception.ToString().ShouldNotContain("hunter2");
    }
}
