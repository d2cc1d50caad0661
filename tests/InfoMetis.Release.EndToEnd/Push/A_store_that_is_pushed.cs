using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Push;

/// <summary>A store with every platform of its images, and registries with guards of every kind.</summary>
public sealed class A_store_that_is_pushed : PullTest
{
    private const int Denied = 20;

    [ToolFact("docker-registry", "skopeo")]
    public async Task Keeps_every_digest_where_nothing_is_left_out()
    {
        await PullAllPlatformsAsync();
        using var target = await RegistryProcess.StartAsync(Target);

        var pushed = await PushAsync(target.Host);

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        foreach (var (repository, image) in Images)
        {
            using var there = new ReadBack(target.Url, repository);
            (await there.ImageAsync(image.Root.Digest.ToString())).Digests().ShouldBe(image.Digests());
            string[] inspect = ["inspect", "--raw", "--tls-verify=false", $"docker://{target.Host}/{repository}:1.0"];
            var skopeo = await new Run("skopeo", inspect).ToEndAsync();
            skopeo
                .Output.ReplaceLineEndings("")
                .ShouldBe(System.Text.Encoding.UTF8.GetString(image.Root.Bytes), skopeo.Error);
        }
    }

    [ToolFact("docker-registry")]
    public async Task Is_taken_for_a_password_that_no_output_shows()
    {
        await PullAllPlatformsAsync();
        using var target = await RegistryProcess.StartAsync(
            Target with
            {
                Authorization = Login.Authorization(Site.Scratch),
            }
        );
        Site.LogIn(target.Host);

        var pushed = await PushAsync(target.Host, "--debug", "--log-format", "json");

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        (pushed.Output + pushed.Error).ShouldNotContain(Login.Password);
        (pushed.Output + pushed.Error).ShouldNotContain(Login.Basic);
    }

    [ToolFact("docker-registry")]
    public async Task Is_refused_for_a_wrong_password()
    {
        await PullAllPlatformsAsync();
        using var target = await RegistryProcess.StartAsync(
            Target with
            {
                Authorization = Login.Authorization(Site.Scratch),
            }
        );
        Site.LogIn(target.Host, "d3Jvbmc6U2VzYW1lLWNsb3NlZC03Nw==");

        var pushed = await PushAsync(target.Host);

        pushed.ExitCode.ShouldBe(Denied, pushed.Error);
        pushed.Error.ShouldContain("IMR3002");
    }

    [ToolFact("docker-registry")]
    public async Task Is_taken_for_tokens_of_which_two_for_a_repository_are_enough()
    {
        await PullAllPlatformsAsync();
        await using var tokens = await TokenServer.StartAsync(Site.Scratch.Folder, granted: ["pull", "push"]);
        using var target = await RegistryProcess.StartAsync(Target with { Authorization = tokens.Authorization });
        Site.LogIn(target.Host);

        var pushed = await PushAsync(target.Host, "--jobs", "1");

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        // One to begin with, and one for whatever is linked from another repository.
        tokens.Tokens.Count.ShouldBeLessThanOrEqualTo(2 * Images.Count);
    }

    [ToolFact("docker-registry")]
    public async Task Is_refused_where_tokens_are_for_pulling_alone()
    {
        await PullAllPlatformsAsync();
        await using var tokens = await TokenServer.StartAsync(Site.Scratch.Folder);
        using var target = await RegistryProcess.StartAsync(Target with { Authorization = tokens.Authorization });
        Site.LogIn(target.Host);

        var pushed = await PushAsync(target.Host);

        pushed.ExitCode.ShouldBe(Denied, pushed.Error);
    }

    [ToolFact("docker-registry", "openssl")]
    public async Task Goes_through_tls_where_its_authority_is_named()
    {
        await PullAllPlatformsAsync();
        var authority = await Authority.MakeAsync(Site.Scratch);
        using var target = await RegistryProcess.StartAsync(Target with { Certificate = authority.Server });
        var registries = Site.Registries($"  '{target.Host}':\n    ca: ca.pem\n");

        var pushed = await PushAsync(target.Host, "--registries", registries);

        pushed.ExitCode.ShouldBe(0, pushed.Error);
        pushed.Output.ShouldContain($"{Images.Count} images there and read back");
    }

    [ToolFact("docker-registry")]
    public async Task Is_refused_by_a_registry_that_is_read_only()
    {
        await PullAllPlatformsAsync();
        using var target = await RegistryProcess.StartAsync(Target with { IsReadOnly = true });

        var pushed = await PushAsync(target.Host);

        pushed.ExitCode.ShouldBe(Denied, pushed.Error);
        pushed.Error.ShouldContain("IMR3019");
    }

    private RegistrySetup Target => new(Site.Scratch.PathOf("target"));

    private Task<Finished> PullAllPlatformsAsync() =>
        Site.PullAllAsync(Site.Manifest(Registry.Host, Images), "--platform", "all");

    private Task<Finished> PushAsync(string host, params string[] more) =>
        Site.Imrel(["push", Site.Store.Folder, host, .. more]).ToEndAsync();
}
