using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>The archive of a release of one small image, written by the writer: small enough to damage every byte of it.</summary>
internal static class TinyBundle
{
    private const string Config = "application/vnd.oci.image.config.v1+json";

    private static readonly Dictionary<CompressionKind, byte[]> Made = Enum.GetValues<CompressionKind>()
        .ToDictionary(kind => kind, kind => Make(kind).GetAwaiter().GetResult());

    /// <summary>The whole archive; not to be changed.</summary>
    public static byte[] Archive(CompressionKind kind) => Made[kind];

    /// <summary>The tar alone.</summary>
    public static byte[] Tar => Archive(CompressionKind.None);

    public static Inventory Inventory => InventoryReader.Parse(TarEdit.Of(Tar)[BundleNames.InventoryMember].Content);

    public static ArchiveReading Read(params byte[][] pieces) => Read(bytes => new MemoryStream(bytes), pieces);

    public static ArchiveReading Read(Func<byte[], Stream> open, params byte[][] pieces) =>
        ArchiveReading
            .RunAsync(
                "tiny",
                [.. pieces.Select((piece, at) => new PackedPiece($"piece {at}", piece.Length, () => open(piece)))],
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();

    /// <summary>
    /// All that is proved of an archive: the tar without its inventory, and the inventory without what only its writer can know.
    /// Compressed bytes can differ and mean the same; the hash of the file tells those apart.
    /// </summary>
    public static string Proved(byte[] archive)
    {
        var tar = TarEdit.Of(Unpacked(archive));
        var inventory = InventoryReader.Parse(tar[BundleNames.InventoryMember].Content);
        var proved = inventory with
        {
            Tool = "",
            Compression = inventory.Compression with { Library = "", Level = 0 },
            Forecast = inventory.Forecast with { Build = 0, Medium = 0, Unpacked = 0 },
            Blobs = [.. inventory.Blobs.Select(blob => blob with { Sample = null })],
            Accepted = [],
        };
        var rest = tar.Members.Where(member => member.Name != BundleNames.InventoryMember);
        return Convert.ToHexString(proved.ToBytes())
            + string.Concat(rest.Select(member => Convert.ToHexString(member.ToBytes())));
    }

    /// <summary>The tar in an archive, by other means than those that are tested.</summary>
    public static byte[] Unpacked(byte[] archive)
    {
        using var content = new MemoryStream();
        if (archive is [0x1F, ..])
        {
            using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
            gzip.CopyTo(content);
            return content.ToArray();
        }
        return archive is [0x28, ..] ? OfZstd(archive) : archive;
    }

    private static byte[] OfZstd(ReadOnlySpan<byte> zstd)
    {
        using var decompressor = new ZstdDecompressor();
        using var content = new MemoryStream();
        var buffer = new byte[1 << 17];
        while (zstd.Length > 3 && BinaryPrimitives.ReadUInt32LittleEndian(zstd) == ZstdFrameHeader.Magic)
        {
            for (ZstdProgress progress = default; !progress.IsAtEnd; zstd = zstd[progress.Taken..])
            {
                progress = decompressor.Run(zstd, buffer);
                progress.Failure.ShouldBeNull();
                content.Write(buffer, 0, progress.Put);
            }
        }
        return content.ToArray();
    }

    private static async Task<byte[]> Make(CompressionKind kind)
    {
        var config = Sample.Of("""{"os":"linux","architecture":"amd64"}""", Config);
        var stored = Sample.Random(700, seed: 1);
        var text = Sample.Of(string.Concat(Enumerable.Repeat("says it again. ", 60)));
        var manifest = Sample.Manifest(config, stored, text);
        var root = Sample.Index((manifest, "linux/amd64"), (Sample.Of("left out"), "linux/arm64"));
        var yaml = $"""
            apiVersion: infometis.io/release/v1
            kind: Release
            name: tiny
            version: 1.0.0
            released: 2025-07-25T21:31:16Z
            k0s: v1.23.17+k0s.1
            platforms: [linux/amd64]
            apps:
              - name: one
                image: registry.example/one:1.0.0@{root.Digest}

            """;
        var findings = new List<Finding>();
        var release = ManifestReader.Parse("release.yaml", yaml, findings).ShouldNotBeNull(findings.Show());
        var contents = new BundleContents
        {
            Manifest = release,
            ManifestBytes = Encoding.UTF8.GetBytes(yaml),
            Platform = Platform.Parse("linux/amd64"),
            Images =
            [
                new BundledImage(
                    release.Apps[0],
                    root.Descriptor,
                    [root.Descriptor, manifest.Descriptor, config.Descriptor],
                    [stored.Descriptor, text.Descriptor]
                ),
            ],
            Content = new Samples([config, stored, text, manifest, root]),
            Coupling = "{}\n"u8.ToArray(),
            K0s = release.K0s,
            Accepted = [],
            Docs = [new TextPage("bundle.md", "# The bundle\n"u8.ToArray())],
            Tool = "1.0.0",
        };
        using var output = new TemporaryFolder();
        var options = new BundleOptions { Compression = kind };
        var plan = await BundlePlan.MakeAsync(contents, options, CancellationToken.None);
        using var folder = BundleFolder.Begin(output.Path, plan.Name);
        using var writer = new BundleWriter(plan, folder, options);
        await writer.WriteAsync(CancellationToken.None);
        var reading = await writer.ReadBackAsync(CancellationToken.None);
        return await File.ReadAllBytesAsync(Path.Combine(folder.Path, reading.Pieces.ShouldHaveSingleItem().Name));
    }

    private sealed class Samples(IReadOnlyList<Sample> samples) : IImageSource
    {
        public Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
        {
            var stream = samples.First(sample => sample.Digest == target.Digest).Stream();
            stream.Position = offset;
            return Task.FromResult<Stream>(stream);
        }
    }
}
