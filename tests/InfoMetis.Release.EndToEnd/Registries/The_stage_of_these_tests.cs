using System.Security.Cryptography;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>What the other tests stand on is held by the tools of others.</summary>
public sealed class The_stage_of_these_tests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [ToolFact("docker-registry", "crane", "skopeo")]
    public async Task Holds_images_that_other_tools_take()
    {
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(_scratch.PathOf("registry")));
        foreach (var (repository, image) in Samples.All)
        {
            await registry.PushAsync(repository, "1.0", image);
            var name = $"{registry.Host}/{repository}@{image.Root.Digest}";

            var crane = await new Run("crane", "validate", "--remote", name).ToEndAsync();
            string[] toLayout = [$"docker://{name}", $"oci:{_scratch.PathOf("layout")}:{repository}"];
            var skopeo = await new Run(
                "skopeo",
                ["--insecure-policy", "copy", "--all", "--src-tls-verify=false", .. toLayout]
            ).ToEndAsync();

            // crane takes every layer for a gzip, what a build attests too.
            if (repository is not ("team/packings" or "team/platforms"))
                crane.ExitCode.ShouldBe(0, $"{repository}: {crane.Error}");
            skopeo.ExitCode.ShouldBe(0, $"{repository}: {skopeo.Error}");
        }
    }

    [ToolFact("docker-registry", "crane")]
    public async Task Lets_nobody_in_without_the_password_or_a_token()
    {
        var open = new RegistrySetup(_scratch.PathOf("registry"));
        using var registry = await RegistryProcess.StartAsync(open);
        await registry.PushAsync("team/oci", "1.0", Samples.All["team/oci"]);
        await using var tokens = await TokenServer.StartAsync(_scratch.Folder);
        using var byToken = await RegistryProcess.StartAsync(open with { Authorization = tokens.Authorization });
        using var byPassword = await RegistryProcess.StartAsync(
            open with
            {
                Authorization = Login.Authorization(_scratch),
            }
        );

        foreach (var guarded in new[] { byToken, byPassword })
        {
            _scratch.Write("login/config.json", Login.DockerConfig(guarded.Host));
            (await DigestAsync(guarded, "login")).ExitCode.ShouldBe(0);
            (await DigestAsync(guarded, "stranger")).ExitCode.ShouldNotBe(0);
        }
        tokens.Tokens.ShouldNotBeEmpty();
        tokens.Refused.ShouldBeGreaterThan(0);
    }

    [ToolFact("docker-registry")]
    public async Task Breaks_connections_off_and_counts_what_it_let_through()
    {
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(_scratch.PathOf("registry")));
        var maker = new ImageMaker(9, Dialect.Oci);
        var image = maker.Image("linux/amd64", maker.Layer(1_000_000));
        await registry.PushAsync("team/oci", "1.0", image);
        await using var proxy = CuttingProxy.Seeded(registry.Url, seed: 1, least: 200_000, most: 900_000);
        using var http = new HttpClient { BaseAddress = proxy.Url };
        var layer = image.Blobs[^1];

        await Should.ThrowAsync<HttpRequestException>(() =>
            http.GetByteArrayAsync($"/v2/team/oci/blobs/{layer.Digest}")
        );

        (proxy.Opened, proxy.Cut).ShouldBe((1, 1));
        proxy.Served.ShouldBeInRange(200_000, 900_000);
        await using var faithful = CuttingProxy.Faithful(registry.Url);
        using var whole = new HttpClient { BaseAddress = faithful.Url };
        var bytes = await whole.GetByteArrayAsync($"/v2/team/oci/blobs/{layer.Digest}");
        SHA256.HashData(bytes).ShouldBe(SHA256.HashData(layer.Bytes));
        faithful.Served.ShouldBeInRange(bytes.Length, bytes.Length + 1000);
    }

    public void Dispose() => _scratch.Dispose();

    private Task<Finished> DigestAsync(RegistryProcess registry, string login) =>
        new Run("crane", "digest", $"{registry.Host}/team/oci:1.0")
        {
            Variables = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = _scratch.PathOf(login) },
        }.ToEndAsync();
}
