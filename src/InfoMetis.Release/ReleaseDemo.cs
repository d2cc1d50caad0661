using InfoMetis.Release.Demo;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// A release to try everything on: the manifest of InfoMetis 0.5.0 and, for each image that it names, a small one that runs. The images lie in
/// a layout, from which they are served as a registry would.
/// </summary>
public sealed class ReleaseDemo
{
    private const string Resource = "releases/v0.5.0.yaml";

    private readonly ReleaseManifest _manifest;

    private ReleaseDemo(byte[] bytes, ReleaseManifest manifest) => (Bytes, _manifest) = (bytes, manifest);

    /// <summary>The manifest as it was released, with the digests of the real images.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string Version => _manifest.Version;

    public string FolderName => $"{_manifest.Name}-{_manifest.Version}-{Platform.Replace('/', '-')}";

    private string Platform => _manifest.Platforms[0].ToString();

    /// <summary>The registries that the images come from.</summary>
    public IReadOnlyList<string> Registries =>
        [.. _manifest.Images.Select(image => image.Reference.Registry).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The name and tag of an image, by what the manifest calls it.</summary>
    public string NameOf(string image) => _manifest.Images.First(one => one.Name == image).Reference.Tagged;

    public static ReleaseDemo Load()
    {
        using var resource = typeof(ReleaseDemo).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var findings = new List<Finding>();
        return ManifestReader.Parse(Resource, System.Text.Encoding.UTF8.GetString(bytes), findings) is { } manifest
            ? new ReleaseDemo(bytes, manifest)
            : throw new ReleaseException(findings);
    }

    /// <summary>Makes the images and puts them into a folder.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> FillAsync(string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var images = new DemoImages(_manifest.Released).Of(_manifest.Images.Select(image => image.Reference));
        using var store = ContentStore.At(folder, clock);
        foreach (var content in images.SelectMany(image => image.Content))
        {
            using var stream = new MemoryStream(content.Bytes.ToArray(), writable: false);
            await store.PushAsync(content.Descriptor, stream, cancellationToken);
        }
        await store.Names.PutAsync(
            [.. images.Select(image => new NamedImage(image.Name, image.Root))],
            cancellationToken
        );
        return images.Count;
    }
}
