using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// What a bundle holds, by digest: inventory.json, the same bytes beside the archive and in it. docs/bundle.md describes it.
/// </summary>
public sealed record Inventory
{
    public const string ApiVersion = "infometis.io/inventory/v1";

    public required string Name { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset Released { get; init; }
    public required Platform Platform { get; init; }

    /// <summary>The k0s release that the images were judged against.</summary>
    public required string K0s { get; init; }

    /// <summary>The version of imrel that made the bundle.</summary>
    public required string Tool { get; init; }
    public required InventoryCompression Compression { get; init; }
    public required InventoryForecast Forecast { get; init; }

    /// <summary>The index.json of images.tar, which reaches every blob through digests: the identity of the content.</summary>
    public required Digest Index { get; init; }

    /// <summary>The size of images.tar.</summary>
    public required long ImagesSize { get; init; }

    /// <summary>The stacks of the manifest, each of which holds those before it.</summary>
    public required IReadOnlyList<string> Stacks { get; init; }
    public required IReadOnlyList<InventoryImage> Images { get; init; }

    /// <summary>Every blob of images.tar, in its order.</summary>
    public required IReadOnlyList<InventoryBlob> Blobs { get; init; }

    /// <summary>Every other member of the archive, in its order, but the inventory itself and images.tar.</summary>
    public required IReadOnlyList<InventoryFile> Files { get; init; }

    /// <summary>As it is written: for the same inventory the same bytes.</summary>
    public byte[] ToBytes() => InventoryWriter.Bytes(this);

    /// <summary>What the gate found and somebody took responsibility for.</summary>
    public required IReadOnlyList<AcceptedFinding> Accepted { get; init; }
}

/// <param name="Library">What compressed, with its version, such as libzstd 1.5.4; none where nothing did.</param>
/// <param name="Level">As that library counts levels.</param>
public sealed record InventoryCompression(CompressionKind Kind, string Library, int Level);

/// <summary>Disk need in bytes.</summary>
/// <param name="Build">Where the bundle is made: the content of the images in a store, and the bundle.</param>
/// <param name="Medium">What the bundle takes at the most.</param>
/// <param name="Archive">images.tar, where it is put as it is.</param>
/// <param name="Content">The blobs, as a container runtime keeps them.</param>
/// <param name="Unpacked">The layers unpacked, as far as they tell their size.</param>
public sealed record InventoryForecast(long Build, long Medium, long Archive, long Content, long Unpacked);

/// <param name="Names">Every form of name that the image has in images.tar.</param>
/// <param name="Content">The digests of all that it consists of, the pinned one first.</param>
public sealed record InventoryImage(
    string Name,
    string Group,
    string? Stack,
    string Reference,
    Digest Digest,
    string MediaType,
    IReadOnlyList<string> Names,
    IReadOnlyList<Digest> Content
)
{
    internal static InventoryImage Of(BundledImage image) =>
        new(
            image.Image.Name,
            image.Image.Group is Manifests.ImageGroup.Apps ? "apps" : "auxiliary",
            image.Image.Stack,
            image.Image.Reference.ToString(),
            image.Root.Digest,
            image.Root.MediaType,
            image.Names,
            [
                .. image
                    .Documents.Concat(image.Blobs)
                    .Select(content => content.Digest)
                    .Where(digest => digest != image.Root.Digest)
                    .Distinct()
                    .OrderBy(digest => digest.Hex, StringComparer.Ordinal)
                    .Prepend(image.Root.Digest),
            ]
        );
}

/// <param name="Offset">Of its first byte, in images.tar.</param>
/// <param name="Frame">The number of the first frame that holds it, from 0 on.</param>
/// <param name="IsStored">No compressor ran over it.</param>
/// <param name="Sample">What the decision was taken from: bytes tried, and what they came to; null where nothing was tried.</param>
public sealed record InventoryBlob(
    Digest Digest,
    string MediaType,
    long Size,
    long Offset,
    int Frame,
    bool IsStored,
    BlobSample? Sample
);

public sealed record BlobSample(long Tried, long Compressed);

/// <param name="Path">The name of the member.</param>
public sealed record InventoryFile(string Path, long Size, Digest Sha256, int Mode);

/// <param name="Subject">What was found wrong, such as an image by its name.</param>
public sealed record AcceptedFinding(string Code, string Subject, string Fact, string Reason);
