using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Small images made by hand; the same seed makes the same bytes.</summary>
internal sealed class ImageMaker(int seed, Dialect dialect)
{
    private readonly Random _random = new(seed);

    public Dialect Dialect => dialect;

    /// <summary>A layer with one file of so many bytes, which no compressor makes smaller; or with none.</summary>
    public MadeLayer Layer(int size, Packing packing = Packing.Gzip)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            if (size > 0)
                writer.WriteEntry(RandomFile(size));
        }
        var content = tar.ToArray();
        // An archive of nothing is two blocks of zeros, and the writer that got nothing writes nothing.
        return Pack(content.Length > 0 ? content : new byte[1024], packing);
    }

    public MadeLayer Pack(byte[] tar, Packing packing)
    {
        var bytes = packing switch
        {
            Packing.Gzip => Gzip(tar),
            Packing.Zstd => ZstdFrame.Of(tar),
            _ => tar,
        };
        return new MadeLayer(new MadeBlob(dialect.LayerOf(packing), bytes), Digest.Of(tar));
    }

    public MadeImage Image(string platform, params IReadOnlyList<MadeLayer> layers)
    {
        var config = new JsonObject
        {
            ["created"] = "2025-07-25T21:31:16Z",
            ["architecture"] = platform.Split('/')[1],
            ["os"] = platform.Split('/')[0],
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("/file") },
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode)layer.Tar.ToString())]),
            },
        };
        return Manifest(platform, Json(dialect.Config, config), [.. layers.Select(layer => layer.Blob)], attests: null);
    }

    /// <summary>As a build leaves it beside the manifest that it speaks of.</summary>
    public MadeImage Attestation(MadeImage of)
    {
        var statement = Json(
            "application/vnd.in-toto+json",
            new JsonObject
            {
                ["subject"] = of.Root.Digest.ToString(),
                ["predicateType"] = "https://slsa.dev/provenance/v1",
            }
        );
        var config = Json(
            dialect.Config,
            new JsonObject
            {
                ["architecture"] = "unknown",
                ["os"] = "unknown",
                ["config"] = new JsonObject(),
                ["rootfs"] = new JsonObject
                {
                    ["type"] = "layers",
                    ["diff_ids"] = new JsonArray(statement.Digest.ToString()),
                },
            }
        );
        return Manifest(platform: null, config, [statement], of.Root.Digest);
    }

    public MadeImage Index(params IReadOnlyList<MadeImage> children)
    {
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = dialect.Index,
            ["manifests"] = new JsonArray([.. children.Select(Entry)]),
        };
        return new MadeImage(Json(dialect.Index, index), Platform: null) { Children = children };
    }

    private static JsonNode Entry(MadeImage child)
    {
        var platform = (child.Platform ?? "unknown/unknown").Split('/');
        var entry = Descriptor(child.Root);
        entry["platform"] = new JsonObject { ["architecture"] = platform[1], ["os"] = platform[0] };
        if (child.Attests is { } of)
        {
            entry["annotations"] = new JsonObject
            {
                ["vnd.docker.reference.digest"] = of.ToString(),
                ["vnd.docker.reference.type"] = "attestation-manifest",
            };
        }
        return entry;
    }

    private MadeImage Manifest(string? platform, MadeBlob config, IReadOnlyList<MadeBlob> layers, Digest? attests)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = dialect.Manifest,
            ["config"] = Descriptor(config),
            ["layers"] = new JsonArray([.. layers.Select(Descriptor)]),
        };
        return new MadeImage(Json(dialect.Manifest, manifest), platform)
        {
            Blobs = [config, .. layers],
            Attests = attests,
        };
    }

    private static JsonObject Descriptor(MadeBlob blob) =>
        new()
        {
            ["mediaType"] = blob.MediaType,
            ["digest"] = blob.Digest.ToString(),
            ["size"] = blob.Bytes.Length,
        };

    private static MadeBlob Json(string mediaType, JsonNode content) =>
        new(mediaType, System.Text.Encoding.UTF8.GetBytes(content.ToJsonString()));

    private UstarTarEntry RandomFile(int size)
    {
        var content = new byte[size];
        _random.NextBytes(content);
        return new UstarTarEntry(TarEntryType.RegularFile, "file")
        {
            DataStream = new MemoryStream(content),
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }
}
