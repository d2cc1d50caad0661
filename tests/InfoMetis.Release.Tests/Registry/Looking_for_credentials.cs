using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Looking_for_credentials
{
    private static readonly string FriedasAuth = Convert.ToBase64String(Encoding.UTF8.GetBytes("frieda:pa:55"));

    [Theory]
    [InlineData("quay.io", "quay.io")]
    [InlineData("https://quay.io", "quay.io")]
    [InlineData("https://quay.io/v2/", "quay.io")]
    [InlineData("quay.io/team", "quay.io")]
    [InlineData("quay.io/team/app", "quay.io")]
    [InlineData("docker.io", "docker.io")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("registry.local:5000", "registry.local:5000")]
    public async Task Finds_them_under_every_name_that_is_written(string key, string host)
    {
        var found = await FindAsync(Logins.OfAuth(key, $"\"auth\":\"{FriedasAuth}\""), host);
        found!.User!.Reveal().ShouldBe("frieda");
        found.Password!.Reveal().ShouldBe("pa:55");
    }

    [Theory]
    [InlineData("quay.io", "other.io")]
    [InlineData("quay.io", "quay.io:8443")]
    [InlineData("quay.io/tea", "quay.io")]
    [InlineData("quay.io/team/app/more", "quay.io")]
    [InlineData("evil-quay.io", "quay.io")]
    public async Task Does_not_find_those_of_others(string key, string host)
    {
        (await FindAsync(Logins.OfAuth(key, $"\"auth\":\"{FriedasAuth}\""), host)).ShouldBeNull();
    }

    [Fact]
    public async Task Prefers_the_longest_name()
    {
        var store = Logins.OfJson(
            """{"auths":{"quay.io":{"username":"a","password":"1"},"quay.io/team":{"username":"b","password":"2"}}}"""
        );
        (await FindAsync(store, "quay.io"))!.User!.Reveal().ShouldBe("b");
    }

    [Fact]
    public void Prints_nothing_of_them()
    {
        var credential = Credential.OfPassword("frieda", "pa55");
        $"{credential} {credential.User} {credential.Password} {credential.Basic()}".ShouldBe("*** *** *** ***");
    }

    [Theory]
    [InlineData("""{"auths":{"quay.io":{"auth":"bm90IGEgcGFpcg=="}}}""")]
    [InlineData("""{"auths":{"quay.io":{"auth":"hunter2 is no base64"}}}""")]
    [InlineData("""{"auths":{"quay.io":"hunter2"}}""")]
    [InlineData("""{"auths":["hunter2"]}""")]
    [InlineData("""["hunter2"]""")]
    [InlineData("""{"credsStore":"hunter2" """)]
    public async Task Reports_a_file_that_is_not_understood_and_quotes_nothing_of_it(string json)
    {
        var exception = await Should.ThrowAsync<ReleaseException>(() => FindAsync(Logins.OfJson(json), "quay.io"));
        exception.Finding.Code.ShouldBe(Codes.BadCredentialFile);
        exception.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Passes_over_a_file_that_need_not_be_there()
    {
        var store = new CredentialStore(
            [new CredentialLocation("/nowhere/config.json", MustExist: false)],
            new CredentialHelpers([], TimeProvider.System)
        );
        (await FindAsync(store, "quay.io")).ShouldBeNull();
    }

    [Fact]
    public async Task Reports_a_file_that_was_named_and_is_not_there()
    {
        var store = new CredentialStore(
            [new CredentialLocation("/nowhere/config.json", MustExist: true)],
            new CredentialHelpers([], TimeProvider.System)
        );
        (await Should.ThrowAsync<ReleaseException>(() => FindAsync(store, "quay.io"))).Finding.Code.ShouldBe(
            Codes.BadCredentialFile
        );
    }

    [Fact]
    public void Goes_through_the_places_of_podman_and_docker_in_order()
    {
        var places = new CredentialLocations { Home = "/people/me", RuntimeFolder = "/run/user/1" };
        places
            .InOrder()
            .Select(place => place.File)
            .ShouldBe([
                "/run/user/1/containers/auth.json",
                "/people/me/.config/containers/auth.json",
                "/people/me/.docker/config.json",
            ]);
        (places with { DockerConfig = "/d", ConfigFolder = "/c" })
            .InOrder()
            .Select(place => place.File)
            .ShouldBe(["/run/user/1/containers/auth.json", "/c/containers/auth.json", "/d/config.json"]);
        (places with { RegistryAuthFile = "/only" })
            .InOrder()
            .ShouldBe([new CredentialLocation("/only", MustExist: true)]);
        new CredentialLocations().InOrder().ShouldBeEmpty();
    }

    internal static Task<Credential?> FindAsync(CredentialStore store, string host) =>
        store.FindAsync(host, "team/app", CancellationToken.None);
}
