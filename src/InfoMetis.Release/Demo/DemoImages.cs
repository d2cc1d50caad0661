using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Demo;

/// <summary>
/// Makes an image for each name that a release has: small, deterministic, with layers that are shared as the real ones share theirs (one by all,
/// one by all of a publisher), most of them for two platforms.
/// </summary>
public sealed class DemoImages(DateTimeOffset created)
{
    private const int SharedByAll = 900_000;
    private const int SharedByPublisher = 400_000;
    private const int Own = 60_000;

    private static readonly Platform[] Platforms = [Platform.Parse("linux/amd64"), Platform.Parse("linux/arm64")];

    private readonly Dictionary<string, DemoContent> _shared = new(StringComparer.Ordinal);

    /// <summary>Every fourth has no index, and every third a layer that is not packed: registries hold both.</summary>
    public IReadOnlyList<DemoImage> Of(IEnumerable<ImageReference> names) =>
        [.. names.Select((name, at) => Make(name, hasIndex: at % 4 != 3, isPacked: at % 3 != 2))];

    private DemoImage Make(ImageReference name, bool hasIndex, bool isPacked)
    {
        var content = new List<DemoContent>();
        if (!hasIndex)
        {
            content.AddRange(OfPlatform(name, Platforms[0], isPacked));
            return new DemoImage(name.Tagged, Distinct(content));
        }
        var manifests = new List<(Descriptor Manifest, Platform Platform)>();
        foreach (var platform in Platforms)
        {
            content.AddRange(OfPlatform(name, platform, isPacked));
            manifests.Add((content[^1].Descriptor, platform));
        }
        content.Add(DemoContent.Document(MediaTypes.OciIndex, json => WriteIndex(json, manifests)));
        return new DemoImage(name.Tagged, Distinct(content));
    }

    private List<DemoContent> OfPlatform(ImageReference name, Platform platform, bool isPacked)
    {
        var publisher = $"{name.Registry}/{name.Repository.Split('/')[0]}";
        List<DemoContent> layers =
        [
            Shared("base", SharedByAll),
            Shared(publisher, SharedByPublisher),
            DemoContent.LayerOf(
                new DemoLayer(created)
                    .Program("hello", $"{name.Tagged} for {platform}, from a demo of imrel", platform)
                    .Text("etc/notice", $"This stands in for {name.Tagged}.", 200)
                    .Noise($"var/{name.Repository}", Own)
                    .Tar(),
                isPacked
            ),
        ];
        var config = DemoContent.Document(MediaTypes.OciConfig, json => WriteConfig(json, platform, layers));
        var manifest = DemoContent.Document(MediaTypes.OciManifest, json => WriteManifest(json, config, layers));
        return [.. layers, config, manifest];
    }

    private DemoContent Shared(string name, int size)
    {
        if (!_shared.TryGetValue(name, out var layer))
        {
            layer = DemoContent.LayerOf(new DemoLayer(created).Noise($"usr/{name}/data", size).Tar(), isPacked: true);
            _shared.Add(name, layer);
        }
        return layer;
    }

    private static DemoContent[] Distinct(List<DemoContent> content) =>
        [.. content.DistinctBy(one => one.Descriptor.Digest)];

    private void WriteConfig(Utf8JsonWriter json, Platform platform, List<DemoContent> layers)
    {
        json.WriteStartObject();
        json.WriteString("created", created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));
        json.WriteString("architecture", platform.Architecture);
        json.WriteString("os", platform.OperatingSystem);
        json.WriteStartObject("config");
        json.WriteStartArray("Entrypoint");
        json.WriteStringValue("/hello");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        json.WriteStartArray("diff_ids");
        foreach (var layer in layers)
            json.WriteStringValue(layer.Unpacked.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter json, DemoContent config, List<DemoContent> layers)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciManifest);
        json.WriteStartObject("config");
        WriteDescriptor(json, config.Descriptor);
        json.WriteEndObject();
        json.WriteStartArray("layers");
        foreach (var layer in layers)
        {
            json.WriteStartObject();
            WriteDescriptor(json, layer.Descriptor);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter json, List<(Descriptor Manifest, Platform Platform)> manifests)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        foreach (var (manifest, platform) in manifests)
        {
            json.WriteStartObject();
            WriteDescriptor(json, manifest);
            json.WriteStartObject("platform");
            json.WriteString("architecture", platform.Architecture);
            json.WriteString("os", platform.OperatingSystem);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, Descriptor content)
    {
        json.WriteString("mediaType", content.MediaType);
        json.WriteString("digest", content.Digest.ToString());
        json.WriteNumber("size", content.Size);
    }
}
