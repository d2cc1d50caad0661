using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Pull;

/// <summary>A release of small images in a fake registry, its manifest, and a store to pull it into.</summary>
internal sealed class FakeRelease : IAsyncDisposable
{
    private const string Config = "application/vnd.oci.image.config.v1+json";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _images = [];
    private readonly List<string> _files = [];

    private FakeRelease(FakeRegistry registry) => Registry = registry;

    public FakeRegistry Registry { get; }
    public string Store => _folder.File("store");
    public string Manifest => _folder.File("release.yaml");

    public static async Task<FakeRelease> StartAsync() => new(await FakeRegistry.StartAsync());

    public static byte[] Layer(string seed, int length = 4000)
    {
        var bytes = new byte[length];
        new Random(seed.Sum(character => character)).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A manifest with its configuration and layers, in the registry.</summary>
    public Descriptor AddManifest(string repository, params byte[][] layers) =>
        AddManifestFor("amd64", repository, layers);

    /// <summary>As above, for a processor that the configuration names.</summary>
    public Descriptor AddManifestFor(string architecture, string repository, params byte[][] layers) =>
        AddManifest(architecture, Samples.Layer, repository, layers);

    /// <summary>As above, with layers of a media type.</summary>
    public Descriptor AddManifestOf(string layer, string repository, params byte[][] layers) =>
        AddManifest("amd64", layer, repository, layers);

    /// <summary>An index of manifests, each with what its entry says besides.</summary>
    public Descriptor AddIndex(string repository, params (Descriptor Manifest, string More)[] entries)
    {
        var manifests = entries.Select(entry =>
            Json(entry.Manifest).TrimEnd('}') + (entry.More.Length > 0 ? "," + entry.More : "") + "}"
        );
        var json =
            $$"""{"schemaVersion":2, "mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', manifests)}}]}""";
        return Registry.Add(repository, Encoding.UTF8.GetBytes(json), MediaTypes.OciIndex);
    }

    public static string On(string architecture) =>
        $$"""
            "platform":{"os":"linux","architecture":"{{architecture}}"}
            """;

    /// <summary>Puts an image of the registry into the release.</summary>
    public void Pin(string name, string repository, Descriptor root) => Pin(name, repository, root.Digest.ToString());

    public void Pin(string name, string repository, string digest) =>
        _images.Add($"  - name: {name}\n    image: {Registry.Host}/{repository}:1.0.0@{digest}\n");

    /// <summary>Puts a file into the release.</summary>
    public void Carry(Uri url, byte[] content) => _files.Add($"  - url: {url}\n    sha256: {Digest.Of(content).Hex}\n");

    public Imrel Pull(params string[] more) => Imrel.Run(["pull", Write(), "--store", Store, .. more]);

    public Imrel RunOnStore(params string[] command) => Imrel.Run(["store", .. command, "--store", Store]);

    public string Write()
    {
        const string Head =
            "apiVersion: infometis.io/release/v1\nkind: Release\nname: fake\nversion: 1.0.0\nreleased: 2025-07-25T21:31:16Z\n"
            + "k0s: v1.23.17+k0s.1\nplatforms: [linux/amd64]\napps:\n";
        var files = _files.Count == 0 ? "" : $"files:\n{string.Concat(_files)}";
        return _folder.Write("release.yaml", Encoding.UTF8.GetBytes(Head + string.Concat(_images) + files));
    }

    public string Blob(Digest digest) => Path.Combine(Store, "blobs", "sha256", digest.Hex);

    /// <summary>What the store holds, after every file was hashed again.</summary>
    public IReadOnlyList<string> Stored()
    {
        var folder = Path.Combine(Store, "blobs", "sha256");
        if (!Directory.Exists(folder))
            return [];
        var files = Directory.GetFiles(folder);
        foreach (var file in files)
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))).ShouldBe(Path.GetFileName(file));
        return [.. files.Select(Path.GetFileName).OfType<string>()];
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        _folder.Dispose();
    }

    private Descriptor AddManifest(string architecture, string mediaType, string repository, byte[][] layers)
    {
        var said = $$"""{"os":"linux","architecture":"{{architecture}}","of":"{{repository}}"}""";
        var config = Registry.Add(repository, Encoding.UTF8.GetBytes(said), Config);
        var blobs = layers.Select(layer => Registry.Add(repository, layer, mediaType));
        var json =
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(config)}},"layers":[{{string.Join(',', blobs.Select(Json))}}]}""";
        return Registry.Add(repository, Encoding.UTF8.GetBytes(json), MediaTypes.OciManifest);
    }

    private static string Json(Descriptor descriptor) =>
        $$"""{"mediaType":"{{descriptor.MediaType}}","digest":"{{descriptor.Digest}}","size":{{descriptor.Size}}}""";
}
