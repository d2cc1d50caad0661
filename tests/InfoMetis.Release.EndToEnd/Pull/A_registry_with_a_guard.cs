using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

public sealed class A_registry_with_a_guard : PullTest
{
    private const int Denied = 20;

    [ToolFact("docker-registry", "openssl")]
    public async Task Is_reached_through_tls_where_its_authority_is_named()
    {
        var authority = await Authority.MakeAsync(Site.Scratch);
        using var secured = await RegistryProcess.StartAsync(Shelves with { Certificate = authority.Server });
        var manifest = Site.Manifest(secured.Host, Images);
        var registries = Site.Registries($"  '{secured.Host}':\n    ca: ca.pem\n");

        await Site.PullAllAsync(manifest, "--registries", registries);

        Site.Store.ShouldHold(Images.Values);
    }

    [ToolFact("docker-registry", "openssl")]
    public async Task Is_not_believed_where_nobody_vouches_for_its_certificate()
    {
        var authority = await Authority.MakeAsync(Site.Scratch);
        using var secured = await RegistryProcess.StartAsync(Shelves with { Certificate = authority.Server });
        var manifest = Site.Manifest(secured.Host, Images);
        var registries = Site.Registries($"  '{secured.Host}':\n    plainHttp: false\n");

        var finished = await Site.Pull(manifest, "--registries", registries).ToEndAsync();

        finished.ExitCode.ShouldBeOneOf(20, 21);
        finished.Error.ShouldContain("certificate", Case.Insensitive);
        Site.Store.Files().ShouldBeEmpty();
    }

    [ToolFact("docker-registry")]
    public async Task Takes_a_password_that_no_output_shows()
    {
        using var guarded = await RegistryProcess.StartAsync(Authorized(Login.Authorization(Site.Scratch)));
        Site.LogIn(guarded.Host);

        var finished = await PullTalkativelyAsync(guarded);

        finished.ExitCode.ShouldBe(0, finished.Error);
        Site.Store.ShouldHold(Images.Values);
        ShouldNotShow(finished, [Login.Password, Login.Basic]);
    }

    [ToolFact("docker-registry")]
    public async Task Says_no_to_a_wrong_password_which_no_output_shows()
    {
        using var guarded = await RegistryProcess.StartAsync(Authorized(Login.Authorization(Site.Scratch)));
        const string Wrong = "d3Jvbmc6U2VzYW1lLWNsb3NlZC03Nw==";
        Site.LogIn(guarded.Host, Wrong);

        var finished = await PullTalkativelyAsync(guarded);

        finished.ExitCode.ShouldBe(Denied, finished.Error);
        ShouldNotShow(finished, [Wrong, "Sesame-closed-77"]);
    }

    [ToolFact("docker-registry")]
    public async Task Says_no_to_a_stranger()
    {
        using var guarded = await RegistryProcess.StartAsync(Authorized(Login.Authorization(Site.Scratch)));

        var finished = await PullTalkativelyAsync(guarded);

        finished.ExitCode.ShouldBe(Denied, finished.Error);
        Site.Store.Files().ShouldBeEmpty();
    }

    [ToolFact("docker-registry")]
    public async Task Takes_tokens_that_no_output_shows()
    {
        await using var tokens = await TokenServer.StartAsync(Site.Scratch.Folder);
        using var guarded = await RegistryProcess.StartAsync(Authorized(tokens.Authorization));
        Site.LogIn(guarded.Host);

        var finished = await PullTalkativelyAsync(guarded);

        finished.ExitCode.ShouldBe(0, finished.Error);
        Site.Store.ShouldHold(Images.Values);
        // One for each repository; a token is used until it ends.
        tokens.Tokens.Count.ShouldBe(Images.Count);
        ShouldNotShow(finished, [Login.Password, Login.Basic, .. tokens.Tokens]);
    }

    [ToolFact("docker-registry")]
    public async Task Says_no_where_the_token_server_does()
    {
        await using var tokens = await TokenServer.StartAsync(Site.Scratch.Folder);
        using var guarded = await RegistryProcess.StartAsync(Authorized(tokens.Authorization));

        var finished = await PullTalkativelyAsync(guarded);

        finished.ExitCode.ShouldBe(Denied, finished.Error);
        tokens.Tokens.ShouldBeEmpty();
        Site.Store.Files().ShouldBeEmpty();
    }

    private RegistrySetup Authorized(string authorization) => Shelves with { Authorization = authorization };

    private async Task<Finished> PullTalkativelyAsync(RegistryProcess registry)
    {
        string[] talk = ["--debug", "--log-format", "json", "--report", Site.Scratch.PathOf("report.json")];
        return await Site.Pull(Site.Manifest(registry.Host, Images), talk).ToEndAsync();
    }

    /// <summary>Neither on the terminal, nor in any file that was written.</summary>
    private void ShouldNotShow(Finished finished, IReadOnlyCollection<string> secrets)
    {
        File.Exists(Site.Scratch.PathOf("report.json")).ShouldBeTrue();
        var written = Directory
            .GetFiles(Site.Scratch.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Site.Scratch.PathOf("login"), StringComparison.Ordinal))
            .Where(file => new FileInfo(file).Length < 10_000)
            .Select(File.ReadAllText);
        foreach (var text in written.Append(finished.Output).Append(finished.Error))
            secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
