using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_wants_authorization : RegistryTest
{
    private FakeTokens _tokens = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _tokens = new FakeTokens(Registry);
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        Secrets.Add("secret-token-");
    }

    [Fact]
    public async Task Gets_an_anonymous_token()
    {
        _tokens.Open(Registry);
        await ResolveAsync(Source());
        Registry
            .Requests.Single(request => request.Path.StartsWith("/token", StringComparison.Ordinal))
            .Path.ShouldBe($"/token?service=the%20fake&scope=repository%3Ateam%2Fapp%3Apull");
    }

    [Fact]
    public async Task Gets_a_token_for_name_and_password()
    {
        _tokens.Login = $"{User}:{Password}";
        _tokens.Open(Registry);
        await ResolveAsync(LoggedIn());
        _tokens.Issued.ShouldBe(1);
        Registry
            .Requests.Where(r => r.Path.StartsWith("/v2/", StringComparison.Ordinal))
            .ShouldAllBe(r => r.Authorization == null || r.Authorization.StartsWith("Bearer "));
    }

    [Fact]
    public async Task Gets_a_token_for_an_identity_token()
    {
        Secrets.Add("the-identity");
        _tokens.RefreshToken = "the-identity";
        _tokens.Open(Registry);
        var login = Logins.OfAuth(Registry.Host, "\"identitytoken\":\"the-identity\"");
        await ResolveAsync(Source(Options() with { Credentials = login }));
        _tokens.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task Gets_name_and_password_where_it_wants_them()
    {
        Registry.Guard = Guards.Basic(User, Password);
        await ResolveAsync(LoggedIn());
        await ResolveAsync(LoggedIn());
    }

    [Fact]
    public async Task Is_asked_for_one_token_however_many_need_it()
    {
        _tokens.Open(Registry);
        var source = Source();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ResolveAsync(source)));
        _tokens.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task Is_asked_for_one_token_for_each_repository()
    {
        Registry.Add("team/other", Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        _tokens.Open(Registry);
        var client = Client(Options());
        foreach (var name in new[] { "team/app", "team/other", "team/app" })
            await ResolveAsync(client.Source(ImageReference.Parse($"{Registry.Host}/{name}")));
        _tokens.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task Gets_a_new_token_when_the_old_one_is_refused_in_the_middle()
    {
        _tokens.Open(Registry);
        var source = Source();
        await ResolveAsync(source);
        _tokens.ExpireAll();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ResolveAsync(source)));
        _tokens.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task Is_not_sent_a_token_that_has_ended()
    {
        _tokens.Open(Registry);
        var source = Source();
        await ResolveAsync(source);
        Clock.Advance(TimeSpan.FromSeconds(300));
        var before = Registry.Requests.Count;
        await ResolveAsync(source);
        Registry.Requests.ElementAt(before).Authorization.ShouldBeNull();
        _tokens.Issued.ShouldBe(2);
    }

    [Fact]
    public async Task And_refuses_every_token_has_said_no()
    {
        _tokens.Open(Registry);
        Registry.Guard = async context =>
        {
            await Nasty.Challenge($"Bearer realm=\"{_tokens.Realm}\"")(context);
            return false;
        };
        var finding = await FailureOf(() => ResolveAsync(Source()));
        finding.Code.ShouldBe(Codes.RegistryUnauthorized);
        finding.Fact.ShouldContain("401 UNAUTHORIZED");
        _tokens.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task And_has_a_token_service_that_refuses_the_login_says_so()
    {
        _tokens.Login = "somebody:else";
        _tokens.Open(Registry);
        var finding = await FailureOf(() => ResolveAsync(LoggedIn()));
        finding.Code.ShouldBe(Codes.TokenRefused);
        finding.Fact.ShouldContain("/token?");
    }

    [Theory]
    [InlineData(429, Codes.TooManyRequests)]
    [InlineData(500, Codes.RegistryUnavailable)]
    [InlineData(302, Codes.BadAnswer)]
    public async Task And_has_a_token_service_in_trouble_could_not_be_asked(int status, string code)
    {
        Registry.Always("/token", Nasty.Redirect("http://127.0.0.1:1/", status));
        _tokens.Open(Registry);
        var finding = await FailureOf(() => ResolveAsync(LoggedIn()));
        finding.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":7}""")]
    [InlineData("""{"token":"TOKEN\r\nX-Injected: yes"}""")]
    [InlineData("""{"token":"TOKEN ü"}""")]
    public async Task And_has_a_token_service_that_gives_none_says_so(string answer)
    {
        _tokens.Answer = answer;
        _tokens.Open(Registry);
        var finding = await FailureOf(() => ResolveAsync(Source()));
        finding.Code.ShouldBe(Codes.TokenRefused);
    }

    [Theory]
    [InlineData("""{"access_token":"TOKEN"}""")]
    [InlineData("""{"token":"TOKEN","expires_in":1e300}""")]
    [InlineData("""{"token":"TOKEN","expires_in":-5}""")]
    [InlineData("""{"token":"TOKEN","expires_in":"soon"}""")]
    public async Task And_has_a_token_service_with_odd_manners_is_understood(string answer)
    {
        _tokens.Answer = answer;
        _tokens.Open(Registry);
        await ResolveAsync(Source());
    }

    [Theory]
    [InlineData("https://evil.example/token")]
    [InlineData("http://evil.example/token")]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("http://u:p@127.0.0.1/token")]
    public async Task From_a_stranger_gets_nothing(string realm)
    {
        Registry.Always("/manifests/", Nasty.Challenge($"Bearer realm=\"{realm}\",service=\"x\""));
        var finding = await FailureOf(() => ResolveAsync(LoggedIn()));
        finding.Code.ShouldBe(Codes.RealmRefused);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer realm=")]
    [InlineData("Bearer realm=\"not a url\"")]
    [InlineData("Negotiate")]
    [InlineData("")]
    [InlineData("Bearer realm=\"unclosed")]
    public async Task In_a_way_nobody_understands_has_said_no(string challenge)
    {
        Registry.Always("/manifests/", Nasty.Challenge(challenge));
        var finding = await FailureOf(() => ResolveAsync(LoggedIn()));
        finding.Code.ShouldBeOneOf(Codes.BadAnswer, Codes.RegistryUnauthorized);
    }

    [Fact]
    public async Task And_repeats_what_it_was_sent_does_not_have_it_shown()
    {
        Registry.Guard = Guards.Basic(User, Password);
        Registry.Next("/manifests/", Nasty.Challenge("Basic"));
        Registry.Always(
            "/manifests/",
            context => Nasty.Status(403, context.Request.Headers.Authorization.ToString())(context)
        );
        var finding = await FailureOf(() => ResolveAsync(LoggedIn()));
        finding.Code.ShouldBe(Codes.RegistryForbidden);
        Registry.Requests.Last().Authorization.ShouldNotBeNull();
    }

    private RegistrySource LoggedIn() =>
        Source(Options() with { Credentials = Logins.Of(Registry.Host, User, Password) });

    private static Task<Descriptor> ResolveAsync(RegistrySource source) =>
        source.ResolveAsync("1.0", CancellationToken.None);
}
