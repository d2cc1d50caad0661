using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Registries;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>A registry's folder with 24 images of real content. It takes minutes to make, so it is kept.</summary>
internal sealed record Corpus(string Folder, IReadOnlyList<Corpus.Image> Images, long Size)
{
    private const long Least = 2_000_000_000;
    private const int AtATime = 2;

    /// <param name="Name">With its tag, without a registry.</param>
    internal sealed record Image(string Name, Digest Digest);

    private static string ListOf(string folder) => Path.Combine(folder, "images.json");

    public static async Task<Corpus> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(ListOf(folder)))
            await MakeAsync(folder, cancellationToken);
        var list = JsonNode.Parse(await File.ReadAllTextAsync(ListOf(folder), cancellationToken))!;
        var images = list["images"]!
            .AsObject()
            .Select(image => new Image(image.Key, Digest.Parse((string)image.Value!)));
        return new Corpus(folder, [.. images], (long)list["size"]!);
    }

    private static async Task MakeAsync(string folder, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync("making the corpus once: some minutes, and 5 GB…");
        var work = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
        using var registry = await RegistryProcess.StartAsync(new RegistrySetup(folder));
        using var publisher = new Publisher(registry.Url);
        var layers = new ConcurrentDictionary<string, PackedLayer>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            CorpusImage.All.SelectMany(image => image.Packages).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (package, token) => layers[package] = await PackedLayer.MakeAsync(package, work, token)
        );
        var size = layers.Values.Sum(layer => layer.Size);
        if (size < Least)
            throw new MeasuringException($"the corpus has only {size} bytes of layers");
        var images = new JsonObject();
        foreach (var image in CorpusImage.All)
        {
            var digest = await PushAsync(publisher, image, [.. image.Packages.Select(package => layers[package])]);
            images[$"{image.Repository}:{image.Tag}"] = digest.ToString();
        }
        Directory.Delete(work, recursive: true);
        var list = new JsonObject { ["size"] = size, ["images"] = images };
        await File.WriteAllTextAsync(ListOf(folder), list.ToJsonString(), cancellationToken);
    }

    private static async Task<Digest> PushAsync(
        Publisher publisher,
        CorpusImage image,
        IReadOnlyList<PackedLayer> layers
    )
    {
        foreach (var layer in layers)
        {
            await using var content = File.OpenRead(layer.File);
            await publisher.PushBlobAsync(image.Repository, layer.Digest.ToString(), content);
        }
        var config = Blob(
            "application/vnd.oci.image.config.v1+json",
            new JsonObject
            {
                ["architecture"] = "amd64",
                ["os"] = "linux",
                ["config"] = new JsonObject { ["Labels"] = new JsonObject { ["image"] = image.Repository } },
                ["rootfs"] = new JsonObject
                {
                    ["type"] = "layers",
                    ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode)layer.Tar.ToString())]),
                },
            }
        );
        using (var content = new MemoryStream(config.Bytes))
            await publisher.PushBlobAsync(image.Repository, config.Digest.ToString(), content);
        var manifest = Blob(
            MediaTypes.OciManifest,
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciManifest,
                ["config"] = Descriptor(config.MediaType, config.Digest, config.Bytes.Length),
                ["layers"] = new JsonArray([
                    .. layers.Select(l => Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", l.Digest, l.Size)),
                ]),
            }
        );
        await publisher.PushManifestAsync(image.Repository, image.Tag, manifest);
        return manifest.Digest;
    }

    private static JsonObject Descriptor(string mediaType, Digest digest, long size) =>
        new()
        {
            ["mediaType"] = mediaType,
            ["digest"] = digest.ToString(),
            ["size"] = size,
        };

    private static MadeBlob Blob(string mediaType, JsonObject content) =>
        new(mediaType, System.Text.Encoding.UTF8.GetBytes(content.ToJsonString()));
}
