using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Pull;

/// <summary>A registry with one image that takes a while, made once for all tests of a class.</summary>
public sealed class LargeRelease : IAsyncLifetime, IDisposable
{
    public const int Seed = 20250725;
    public const int Layers = 64;

    private const int LayerSize = 5_000_000;

    private readonly ScratchFolder _scratch = new();
    private RegistryProcess? _registry;

    internal static string Repository => "team/large";

    internal MadeImage Image { get; } = Make();

    /// <summary>Where its registry keeps it, for another that has a guard.</summary>
    internal RegistrySetup Shelves => new(_scratch.Folder);

    internal Uri Url => _registry?.Url ?? throw new InvalidOperationException("docker-registry was not found");

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["docker-registry"], Tools.MustBeThere) is not null)
            return;
        _registry = await RegistryProcess.StartAsync(Shelves);
        await _registry.PushAsync(Repository, "1.0", Image);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _registry?.Dispose();
        _scratch.Dispose();
    }

    private static MadeImage Make()
    {
        var maker = new ImageMaker(Seed, Dialect.Oci);
        return maker.Image("linux/amd64", [.. Enumerable.Range(0, Layers).Select(_ => maker.Layer(LayerSize))]);
    }
}
