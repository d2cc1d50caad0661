using System.Net;
using System.Net.Http.Headers;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>
/// The registry no longer takes a token in the middle of a pull, sooner than it was said to end: it shows only in a refusal.
/// </summary>
public sealed class A_token_that_ends(LargeRelease release) : IClassFixture<LargeRelease>, IDisposable
{
    private const int Life = 2;

    private readonly Site _site = new();

    [ToolFact("docker-registry")]
    public async Task Is_replaced_once_and_the_pull_goes_on()
    {
        await using var tokens = await TokenServer.StartAsync(_site.Scratch.Folder, Life);
        using var guarded = await RegistryProcess.StartAsync(
            release.Shelves with
            {
                Authorization = tokens.Authorization,
            }
        );
        // Connections break too, so that blobs which the first token began are gone on with by the second.
        await using var proxy = CuttingProxy.Seeded(guarded.Url, LargeRelease.Seed, least: 1_000_000, most: 9_000_000);
        var some = release.Image.Size() / 4;
        proxy.HoldAt(some);
        _site.LogIn(proxy.Host);
        using var pull = _site.Pull(_site.Manifest(proxy.Host, (LargeRelease.Repository, release.Image))).Start();
        await proxy.ServedAsync(some);
        await EndOfAsync(tokens.Tokens.First(), guarded);

        proxy.Release();
        var finished = await pull.EndAsync(Site.Limit);

        finished.ExitCode.ShouldBe(0, finished.Output + finished.Error);
        _site.Store.ShouldHold([release.Image]);
        tokens.Tokens.Count.ShouldBe(2);
        proxy.Cut.ShouldBeGreaterThan(0);
        proxy.Served.ShouldBeLessThan((long)(release.Image.Size() * 1.3));
    }

    public void Dispose() => _site.Dispose();

    /// <summary>The clock that counts is that of the registry, so it is asked until it refuses the token.</summary>
    private static async Task EndOfAsync(string token, RegistryProcess registry)
    {
        using var http = new HttpClient { BaseAddress = registry.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var bound = new CancellationTokenSource(Site.Limit);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await often.WaitForNextTickAsync(bound.Token))
        {
            using var answer = await http.GetAsync($"/v2/{LargeRelease.Repository}/manifests/1.0", bound.Token);
            if (answer.StatusCode is HttpStatusCode.Unauthorized)
                return;
        }
    }
}
