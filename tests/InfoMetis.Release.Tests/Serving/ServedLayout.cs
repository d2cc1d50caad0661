using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

/// <summary>A layout that is served once for all tests of a class, which says what is in it.</summary>
public abstract class ServedLayout : IAsyncLifetime
{
    private Served? _served;

    private protected ServedLayout(IEnumerable<(string Name, Sample Root)> images, IEnumerable<Sample> content) =>
        NamedLayout.Write(Folder.Path, images, content);

    internal TemporaryFolder Folder { get; } = new();

    internal Served Registry => _served!;

    public async Task InitializeAsync() => _served = await Served.StartAsync(Folder.Path);

    public async Task DisposeAsync()
    {
        await Registry.DisposeAsync();
        Folder.Dispose();
    }
}
