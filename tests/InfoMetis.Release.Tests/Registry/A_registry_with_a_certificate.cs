using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_with_a_certificate : RegistryTest, IDisposable
{
    private readonly Certificates _certificates = new();

    [Fact]
    public async Task Of_a_named_authority_is_trusted()
    {
        var registry = await StartTlsAsync("127.0.0.1");
        var found = await Of(registry, "ca: ca.pem").ResolveAsync("1.0", CancellationToken.None);
        found.MediaType.ShouldBe(MediaTypes.OciManifest);
    }

    [Fact]
    public async Task Of_an_unknown_authority_is_not_trusted_and_not_asked_again()
    {
        var registry = await StartTlsAsync("127.0.0.1");
        var finding = await FailureOf(() =>
            Of(registry, "plainHttp: false").ResolveAsync("1.0", CancellationToken.None)
        );
        finding.Code.ShouldBe(Codes.Untrusted);
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.RegistryNotAsked);
        Clock.Waits.ShouldBeEmpty();
        registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task For_another_name_is_not_trusted()
    {
        var registry = await StartTlsAsync("other.example");
        var finding = await FailureOf(() => Of(registry, "ca: ca.pem").ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.Untrusted);
    }

    [Fact]
    public async Task May_ask_for_one_of_ours()
    {
        _certificates.WriteClient();
        var registry = await StartTlsAsync("127.0.0.1", ClientCertificateMode.RequireCertificate);
        var names = new List<string?>();
        registry.Guard = async context =>
        {
            names.Add((await context.Connection.GetClientCertificateAsync())?.Subject);
            return true;
        };
        var source = Of(registry, "ca: ca.pem", "clientCertificate: { certificate: me.pem, key: me.key }");
        await source.ResolveAsync("1.0", CancellationToken.None);
        names.ShouldBe(["CN=me"]);
    }

    [Fact]
    public async Task Never_leads_to_a_place_without()
    {
        var registry = await StartTlsAsync("127.0.0.1");
        registry.Always("/manifests/", Nasty.Redirect(Registry.Url.ToString()));
        var finding = await FailureOf(() => Of(registry, "ca: ca.pem").ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RedirectRefused);
        Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Speaks_HTTP_2_and_has_a_connection_for_each_blob()
    {
        var registry = await StartTlsAsync("127.0.0.1");
        var protocols = new List<string>();
        registry.Guard = context =>
        {
            protocols.Add(context.Request.Protocol);
            return Task.FromResult(true);
        };
        var blob = registry.Add(Repository, SomeBytes(100), Samples.Layer);
        var source = Of(registry, "ca: ca.pem");
        await source.ResolveAsync("1.0", CancellationToken.None);
        await PullAsync(source, blob);
        protocols.ShouldBe([HttpProtocol.Http2, HttpProtocol.Http11]);
    }

    [Theory]
    [InlineData("ca: absent.pem")]
    [InlineData("ca: empty.pem")]
    [InlineData("clientCertificate: { certificate: empty.pem, key: empty.pem }")]
    public async Task That_cannot_be_read_is_reported(string entry)
    {
        await File.WriteAllTextAsync(Path.Combine(_certificates.Folder, "empty.pem"), "");
        var finding = await FailureOf(() => Task.FromResult(Of(Registry, entry)));
        finding.Code.ShouldBe(Codes.BadCertificate);
    }

    public void Dispose() => _certificates.Dispose();

    private async Task<FakeRegistry> StartTlsAsync(
        string name,
        ClientCertificateMode clients = ClientCertificateMode.NoCertificate
    )
    {
        var registry = await FakeRegistry.StartAsync(_certificates.Server(name), clients);
        registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        Keep(registry);
        return registry;
    }

    private RegistrySource Of(FakeRegistry registry, params string[] entries)
    {
        var yaml =
            $"apiVersion: infometis.io/registries/v1\nregistries:\n  {registry.Host}:\n    {string.Join("\n    ", entries)}";
        var findings = new List<Finding>();
        var file = RegistriesFile.Parse(Path.Combine(_certificates.Folder, "registries.yaml"), yaml, findings);
        findings.ShouldBeEmpty();
        return Source(Options() with { Registries = file! }, registry.Host);
    }
}
