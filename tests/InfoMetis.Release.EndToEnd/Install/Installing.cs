using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>Bundles to install, each made once for all tests; and their key, which lies elsewhere.</summary>
public sealed class Installing : IAsyncLifetime, IDisposable
{
    public const string Name = "Installing";

    public const string Zstd = "zstd";
    public const string Gzip = "gzip";
    public const string Plain = "none";
    public const string Parts = "parts";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _made = [];
    private BundleSite? _site;

    internal BundleSite Site =>
        _site ?? throw new InvalidOperationException("a tool is missing; see the skipped tests");

    internal static PlatformImages Images => PlatformImages.OfEveryKind;

    internal string Key => Site.PublicKey;

    /// <summary>The folder of a bundle that nobody may change.</summary>
    internal string Folder => Site.Scratch.PathOf(Zstd, BundleSite.Name);

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["docker-registry", "busybox", "zstd", "tar"], Tools.MustBeThere) is not null)
            return;
        _site = await BundleSite.StartAsync(Images);
        await PackedAsync(Zstd);
    }

    /// <returns>The folder of a bundle that is packed so.</returns>
    internal Task<string> PackedAsync(string how) =>
        _made.GetOrAdd(how, _ => new Lazy<Task<string>>(() => Site.BundleAsync(how, Options(how)))).Value;

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _site?.Dispose();

    /// <summary>What the image is called that stands there among all.</summary>
    internal string Called(int at) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "inventory.json")))!["images"]![at]!["name"]!;

    /// <summary>What the images are called that a Docker from before 23.0 can read: no layer of theirs is packed with zstd.</summary>
    internal IReadOnlyList<string> ForOldDocker()
    {
        var inventory = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "inventory.json")))!;
        var zstd = inventory["blobs"]!
            .AsArray()
            .Where(blob => ((string)blob!["mediaType"]!).EndsWith("+zstd", StringComparison.Ordinal))
            .Select(blob => (string)blob!["digest"]!)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. inventory["images"]!
                .AsArray()
                .Where(image => !image!["content"]!.AsArray().Any(digest => zstd.Contains((string)digest!)))
                .Select(image => (string)image!["name"]!),
        ];
    }

    private static string[] Options(string how) =>
        how == Parts ? ["--part-size", "700KB", "--level", "1"] : ["--compression", how, .. Quickly(how)];

    private static string[] Quickly(string how) => how == Plain ? [] : ["--level", "1"];
}

[CollectionDefinition(Installing.Name)]
public sealed class Whatever_installs : ICollectionFixture<Installing>;
