using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_behind_a_proxy : RegistryTest
{
    private const string Far = "registry.invalid:5000";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
    }

    [Fact]
    public async Task Is_reached_through_it()
    {
        var found = await Through($"http://{Registry.Host}").ResolveAsync("1.0", CancellationToken.None);
        found.MediaType.ShouldBe(MediaTypes.OciManifest);
    }

    [Fact]
    public async Task Is_reached_with_the_proxy_s_login_which_nobody_else_sees()
    {
        var login = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}";
        Registry.Guard = async context =>
        {
            if (context.Request.Headers.ProxyAuthorization == login)
                return true;
            await Nasty.Header("Proxy-Authenticate", "Basic realm=\"proxy\"", Nasty.Status(407))(context);
            return false;
        };
        await Through($"http://{User}:{Password}@{Registry.Host}").ResolveAsync("1.0", CancellationToken.None);
        Registry.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task That_wants_another_login_is_not_reached()
    {
        Registry.Always("/", Nasty.Header("Proxy-Authenticate", "Basic realm=\"proxy\"", Nasty.Status(407)));
        var source = Through($"http://{User}:{Password}@{Registry.Host}");
        var finding = await FailureOf(() => source.ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RegistryUnreachable);
        finding.Fact.ShouldContain("proxy");
    }

    private RegistrySource Through(string proxy)
    {
        var options = Options(
            $"apiVersion: infometis.io/registries/v1\nregistries: {{ '{Far}': {{ plainHttp: true }} }}"
        );
        return Source(options with { Proxy = ProxyRules.Of(proxy, null, null, null) }, Far);
    }
}
