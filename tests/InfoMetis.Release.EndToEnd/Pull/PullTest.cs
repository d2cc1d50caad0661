using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>A site and a registry that anybody may pull from, with one image of each kind.</summary>
public abstract class PullTest : IAsyncLifetime
{
    private RegistryProcess? _registry;

    internal Site Site { get; } = new();

    internal RegistrySetup Shelves => new(Site.Scratch.PathOf("registry"));

    internal RegistryProcess Registry => _registry ?? throw new InvalidOperationException("not started");

    internal static IReadOnlyDictionary<string, MadeImage> Images => Samples.All;

    public async Task InitializeAsync()
    {
        _registry = await RegistryProcess.StartAsync(Shelves);
        foreach (var (repository, image) in Images)
            await _registry.PushAsync(repository, "1.0", image);
    }

    public Task DisposeAsync()
    {
        _registry?.Dispose();
        Site.Dispose();
        return Task.CompletedTask;
    }
}
