using InfoMetis.Release.Tests.Bundle;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

/// <summary>The sample release as a layout, and a registry to push it into.</summary>
public abstract class PushTest : IAsyncLifetime, IDisposable
{
    /// <summary>All of the sample but one are indexes that lack a platform.</summary>
    protected const int Images = 24;

    private readonly ManualTimeProvider _clock = new(skipped: TimeSpan.FromSeconds(45));

    internal SampleRelease Release { get; } = new();

    protected FakeRegistry Registry { get; private set; } = null!;

    protected ManualTimeProvider Clock => _clock;

    public async Task InitializeAsync() => Registry = await FakeRegistry.StartAsync();

    public async Task DisposeAsync() => await Registry.DisposeAsync();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Release.Dispose();

    internal Imrel Push(params string[] more) => Run("push", Release.Layout, Registry.Host, more);

    internal Imrel Run(string command, string path, string target, params string[] more) =>
        Imrel.Run(_clock, new Dictionary<string, string>(), [command, path, target, .. more]);
}
