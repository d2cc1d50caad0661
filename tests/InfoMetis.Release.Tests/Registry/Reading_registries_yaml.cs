using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Reading_registries_yaml
{
    private readonly List<Finding> _findings = [];

    [Fact]
    public void Understands_every_key()
    {
        var file = Parse(
            """
            apiVersion: infometis.io/registries/v1
            registries:
              docker.io:
                mirrors: ["https://mirror.local/hub", "http://127.0.0.1:5000/hub"]
                onlyMirrors: true
              registry.site.local:5000:
                plainHttp: true
                ca: site-ca.pem
                clientCertificate: { certificate: me.pem, key: /keys/me.key }
                rewrite: [{ from: old/team, to: new }]
                tokenServices: [auth.site.local]
            """
        );
        _findings.ShouldBeEmpty();
        var hub = file!["docker.io"];
        hub.Mirrors.Select(mirror => mirror.ToString())
            .ShouldBe(["https://mirror.local/hub", "http://127.0.0.1:5000/hub"]);
        hub.OnlyMirrors.ShouldBeTrue();
        hub.PlainHttp.ShouldBeNull();
        var site = file["registry.site.local:5000"];
        site.PlainHttp.ShouldBe(true);
        site.AuthorityFile.ShouldBe("/site/site-ca.pem");
        site.ClientCertificate.ShouldBe(new ClientCertificateFiles("/site/me.pem", "/keys/me.key"));
        site.Rewrites.ShouldBe([new RepositoryRewrite("old/team", "new")]);
        site.TokenServices.ShouldBe(["auth.site.local"]);
    }

    [Theory]
    [InlineData("docker.io")]
    [InlineData("index.docker.io")]
    [InlineData("registry-1.docker.io")]
    public void Knows_the_names_of_docker_hub(string name)
    {
        Parse(Of(name, "plainHttp: false"))!["docker.io"].PlainHttp.ShouldBe(false);
    }

    [Fact]
    public void Has_no_rules_for_whom_it_does_not_name() =>
        RegistriesFile.Empty["quay.io"].ShouldBe(RegistryRules.None);

    [Theory]
    [InlineData("mirror: []", Codes.UnknownKey, 4, 5)]
    [InlineData("plainHttp: maybe", Codes.BadValue, 4, 16)]
    [InlineData("onlyMirrors: true", Codes.BadValue, 4, 18)]
    [InlineData("mirrors: https://a.example", Codes.WrongType, 4, 14)]
    [InlineData("mirrors: [a.example]", Codes.BadValue, 4, 15)]
    [InlineData("mirrors: ['ftp://a.example']", Codes.BadValue, 4, 15)]
    [InlineData("mirrors: ['https://a.example/UPPER']", Codes.BadValue, 4, 15)]
    [InlineData("mirrors: ['https://a.example/?q=1']", Codes.BadValue, 4, 15)]
    [InlineData("clientCertificate: { certificate: a.pem }", Codes.MissingKey, 4, 24)]
    [InlineData("clientCertificate: { certificate: a.pem, key: k, password: p }", Codes.UnknownKey, 4, 54)]
    [InlineData("rewrite: [{ from: a }]", Codes.MissingKey, 4, 15)]
    [InlineData("rewrite: [{ from: A, to: b }]", Codes.BadValue, 4, 23)]
    [InlineData("tokenServices: ['https://a.example']", Codes.BadValue, 4, 21)]
    public void Reports_what_is_wrong_where_it_stands(string entry, string code, int line, int column)
    {
        Parse(Of("quay.io", entry)).ShouldBeNull();
        var finding = _findings.Single();
        finding.Code.ShouldBe(code);
        finding.Place.ShouldBe(new Place("/site/registries.yaml", line, column));
    }

    [Fact]
    public void Does_not_repeat_a_password_in_a_mirror()
    {
        Parse(Of("quay.io", "mirrors: ['https://me:hunter2@a.example']")).ShouldBeNull();
        _findings.Single().ToString().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("quay")]
    [InlineData("https://quay.io")]
    [InlineData("quay.io/team")]
    [InlineData("")]
    public void Refuses_a_name_that_is_no_registry(string name)
    {
        Parse(Of($"\"{name}\"", "plainHttp: true")).ShouldBeNull();
        _findings.Single().Code.ShouldBe(Codes.BadValue);
    }

    [Fact]
    public void Refuses_two_names_of_one_registry()
    {
        Parse(Of("docker.io", "plainHttp: false") + "\n  index.docker.io: { plainHttp: true }").ShouldBeNull();
        _findings.Single().Code.ShouldBe(Codes.BadValue);
    }

    [Fact]
    public void Refuses_an_unknown_key_at_the_top()
    {
        Parse("apiVersion: infometis.io/registries/v1\nregistry: {}").ShouldBeNull();
        _findings.Single().Code.ShouldBe(Codes.UnknownKey);
    }

    private RegistriesFile? Parse(string text) => RegistriesFile.Parse("/site/registries.yaml", text, _findings);

    private static string Of(string name, string entry) =>
        $"apiVersion: infometis.io/registries/v1\nregistries:\n  {name}:\n    {entry}";
}
