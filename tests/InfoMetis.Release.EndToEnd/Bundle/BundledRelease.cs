using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>A bundle made from a registry with an empty store, once for all tests of a class, and images.tar taken out of it.</summary>
public sealed class BundledRelease : IAsyncLifetime, IDisposable
{
    private BundleSite? _site;

    internal BundleSite Site =>
        _site ?? throw new InvalidOperationException("a tool is missing; see the skipped tests");

    internal PlatformImages Images => Site.Images;

    internal string Folder => Site.Scratch.PathOf("out", BundleSite.Name);

    internal string Unpacked => Site.Scratch.PathOf("unpacked");

    internal string ImagesTar => Path.Combine(Unpacked, "images.tar");

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["docker-registry", "busybox", "zstd", "tar"], Tools.MustBeThere) is not null)
            return;
        _site = await BundleSite.StartAsync(PlatformImages.OfEveryKind);
        await _site.BundleAsync("out");
        var archive = Path.Combine(Folder, $"{BundleSite.Name}.tar.zst");
        Directory.CreateDirectory(Unpacked);
        string[] unpack = ["-c", "zstd -dc \"$1\" | tar -x -C \"$2\"", "sh", archive, Unpacked];
        var unpacked = await new Run("sh", unpack).ToEndAsync();
        unpacked.ExitCode.ShouldBe(0, unpacked.Error);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _site?.Dispose();
}
