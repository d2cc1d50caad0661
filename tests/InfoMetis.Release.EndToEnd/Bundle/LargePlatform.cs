using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>A release of two hundred megabytes, so that every stage of its bundle lasts; made once for all tests of a class.</summary>
public sealed class LargePlatform : IAsyncLifetime, IDisposable
{
    private const int LargeLayers = 40;

    private BundleSite? _site;

    internal BundleSite Site =>
        _site ?? throw new InvalidOperationException("a tool is missing; see the skipped tests");

    internal string Output => Site.Scratch.PathOf("out");

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["docker-registry", "busybox"], Tools.MustBeThere) is null)
            _site = await BundleSite.StartAsync(new PlatformImages([Dialect.Oci, Dialect.Docker], LargeLayers));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _site?.Dispose();

    internal void ForgetStore()
    {
        if (Directory.Exists(Site.Site.Store.Folder))
            Directory.Delete(Site.Site.Store.Folder, recursive: true);
    }
}
