using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>A bundle before it is written: every byte of it has its place.</summary>
public sealed class BundlePlan
{
    /// <summary>More than the inventory and the files beside the archive take, so that their own size need not be known.</summary>
    private const long RoomForDocuments = 8 << 20;

    private BundlePlan(BundleContents contents, IFrameFormat format, ArchivePlan archive, byte[] inventory)
    {
        Name = BundleNames.Of(contents.Manifest, contents.Platform);
        (Format, Archive, InventoryBytes) = (format, archive, inventory);
        Inventory = InventoryReader.Parse(inventory);
    }

    /// <summary>The name of its folder.</summary>
    public string Name { get; }

    public Inventory Inventory { get; }

    /// <summary>The size of the tar, which the archive exceeds by no more than its framing.</summary>
    public long Size => Archive.Length;

    public string ArchiveName => Name + Inventory.Compression.Kind.Ending();

    internal ReadOnlyMemory<byte> InventoryBytes { get; }
    internal ArchivePlan Archive { get; }
    internal IFrameFormat Format { get; }

    /// <summary>What a bundle takes at the most, as far as that is known before its images are there.</summary>
    public static long MostSize(long content) => content + (content >> 10) + RoomForDocuments;

    public static async Task<BundlePlan> MakeAsync(
        BundleContents contents,
        BundleOptions options,
        CancellationToken cancellationToken
    )
    {
        var format = options.Format();
        var blobs = contents.Blobs;
        var samples = await new BlobSampler(contents.Content, format).TryAsync(blobs, cancellationToken);
        long unpacked = 0;
        foreach (var blob in blobs)
            unpacked += await UnpackedSize.OfAsync(contents.Content, blob, cancellationToken);
        var planner = new BundlePlanner(contents, samples);
        var (archive, inventory) = planner.Plan(placed => InventoryOf(contents, planner, placed, unpacked, format));
        return new BundlePlan(contents, format, archive, inventory);
    }

    private static Inventory InventoryOf(
        BundleContents contents,
        BundlePlanner planner,
        IReadOnlyList<InventoryBlob> blobs,
        long unpacked,
        IFrameFormat format
    )
    {
        var content = blobs.Sum(blob => blob.Size);
        var medium = MostSize(planner.ImagesSize + planner.Files.Sum(file => file.Size));
        return new Inventory
        {
            Name = contents.Manifest.Name,
            Version = contents.Manifest.Version,
            Released = contents.Manifest.Released,
            Platform = contents.Platform,
            K0s = contents.K0s.ToString(),
            Tool = contents.Tool,
            Compression = format.Description,
            Forecast = new InventoryForecast(content + medium, medium, planner.ImagesSize, content, unpacked),
            Index = planner.Index,
            ImagesSize = planner.ImagesSize,
            Stacks = contents.Manifest.Stacks,
            Images = [.. contents.Images.Select(InventoryImage.Of)],
            Blobs = blobs,
            Files = planner.Files,
            Accepted = contents.Accepted,
        };
    }
}
