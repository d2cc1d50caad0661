using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_credential_helper : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imrel-helper-").FullName;

    [Fact]
    public async Task Is_asked_for_the_host_it_is_named_for()
    {
        Install("vault", """read server; echo '{"ServerURL":"x","Username":"of '$server'","Secret":"pa55"}'""");
        var found = await FindAsync("""{"credHelpers":{"quay.io":"vault"}}""", "quay.io");
        found!.User!.Reveal().ShouldBe("of quay.io");
        found.Password!.Reveal().ShouldBe("pa55");
        (await FindAsync("""{"credHelpers":{"quay.io":"vault"}}""", "other.io")).ShouldBeNull();
    }

    [Fact]
    public async Task For_everything_is_asked_for_docker_hub_by_its_old_name()
    {
        Install("all", """read server; echo '{"Username":"of '$server'","Secret":"pa55"}'""");
        var found = await FindAsync("""{"credsStore":"all","auths":{"https://index.docker.io/v1/":{}}}""", "docker.io");
        found!.User!.Reveal().ShouldBe("of https://index.docker.io/v1/");
    }

    [Fact]
    public async Task May_give_an_identity_token()
    {
        Install("all", """echo '{"Username":"<token>","Secret":"it is me"}'""");
        (await FindAsync("""{"credsStore":"all"}""", "quay.io"))!.IdentityToken!.Reveal().ShouldBe("it is me");
    }

    [Fact]
    public async Task That_knows_nothing_says_so()
    {
        Install("all", "echo 'credentials not found in native keychain'; exit 1");
        (await FindAsync("""{"credsStore":"all"}""", "quay.io")).ShouldBeNull();
    }

    [Theory]
    [InlineData("echo 'hunter2 is locked'; echo hunter2 >&2; exit 1")]
    [InlineData("echo '{\"Username\":\"hunter2\"}'")]
    [InlineData("echo hunter2")]
    [InlineData("yes hunter2 | head -c 300000")]
    [InlineData("head -c 300000 /dev/zero >&2; exit 3")]
    public async Task That_fails_is_reported_without_its_words(string script)
    {
        Install("all", script);
        await FailsAsync("""{"credsStore":"all"}""");
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("../all")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task That_is_no_program_is_reported(string name)
    {
        Install("all", "echo '{}'");
        await FailsAsync("{\"credHelpers\":{\"quay.io\":\"" + name + "\"}}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task FailsAsync(string json)
    {
        var exception = await Should.ThrowAsync<ReleaseException>(() => FindAsync(json, "quay.io"));
        exception.Finding.Code.ShouldBe(Codes.CredentialHelperFailed);
        exception.Finding.Fact.ShouldContain("quay.io");
        exception.ToString().ShouldNotContain("hunter2");
    }

    private Task<Credential?> FindAsync(string json, string host) =>
        Looking_for_credentials.FindAsync(Logins.OfJson(json, _folder), host);

    private void Install(string name, string script)
    {
        var file = Path.Combine(_folder, $"docker-credential-{name}");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
