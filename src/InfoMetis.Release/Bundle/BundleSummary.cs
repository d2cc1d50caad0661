using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>What a bundle says of itself, as far as its files are here. Nothing in it was verified.</summary>
public sealed record BundleSummary
{
    private const int LargestSignatureFile = 64 << 10;

    public required BundleFiles Files { get; init; }
    public required Inventory Inventory { get; init; }

    /// <summary>The inventory is the one beside the archive, because the first part of that is not here.</summary>
    public required bool IsFromBeside { get; init; }

    /// <summary>The bytes of the archive that are here.</summary>
    public required long Here { get; init; }

    /// <summary>Null where no table of frames is here to tell.</summary>
    public CompressionResult? Compression { get; init; }

    /// <summary>Lines of SHA256SUMS.sig; null where there is no such file.</summary>
    public int? Signatures { get; init; }

    /// <summary>Whether what installs it lies beside the archive.</summary>
    public required bool HasScript { get; init; }
    public required bool HasGuide { get; init; }
    public required bool HasSums { get; init; }
    public required bool HasSigstore { get; init; }

    /// <summary>By the first bytes of its archive, or by the inventory beside it where these are not here.</summary>
    /// <exception cref="ReleaseException">Neither can be read.</exception>
    public static BundleSummary Read(IReadOnlyList<string> paths)
    {
        var files = BundleFiles.Find(paths);
        try
        {
            if (files.Missing.Count == 0 || PartName.TryParse(files.Pieces[0].Name, out var first) && first.Number == 1)
            {
                using var archive = BundleArchive.Open(files);
                return Of(files, archive.Inventory) with { Compression = CompressionResult.Of(archive.Frames) };
            }
            if (Beside(files, BundleNames.Inventory, InventoryReader.LargestInventory) is not { } bytes)
                throw new ReleaseException(Message.PartNeeded(files.Missing[0]));
            var inventory = InventoryReader.Parse(bytes);
            InventoryBounds.Check(inventory, bytes);
            return Of(files, inventory) with { IsFromBeside = true };
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw new ReleaseException(
                Message.ContentUnreadable(files.Archive, files.Folder, exception.Message),
                exception
            );
        }
    }

    private static BundleSummary Of(BundleFiles files, Inventory inventory) =>
        new()
        {
            Files = files,
            Inventory = inventory,
            IsFromBeside = false,
            Here = files.Pieces.Sum(piece => new FileInfo(piece.Path).Length),
            Signatures = Beside(files, BundleNames.Signature, LargestSignatureFile)?.Count(letter => letter == '\n'),
            HasScript = files.Beside(BundleNames.Script) is not null,
            HasGuide = files.Beside(BundleNames.Guide) is not null,
            HasSums = files.Beside(BundleNames.Sums) is not null,
            HasSigstore = files.Beside(BundleNames.Sigstore) is not null,
        };

    private static byte[]? Beside(BundleFiles files, string name, int limit) =>
        files.Beside(name) is { IsRegular: true } file ? SmallFile.ReadIfThere(file.Path, limit) : null;
}

/// <summary>What packing won, by the table of frames.</summary>
/// <param name="Shrunk">The frames that became smaller, before.</param>
/// <param name="ShrunkTo">The same frames, after.</param>
public sealed record CompressionResult(int Frames, long Content, long Packed, long Shrunk, long ShrunkTo)
{
    internal static CompressionResult? Of(FrameTable? table)
    {
        if (table is null)
            return null;
        var shrunk = table.Sizes.Where(size => size.Packed < size.Content).ToList();
        return new CompressionResult(
            table.Sizes.Count,
            table.ContentLength,
            table.Sizes.Sum(size => size.Packed),
            shrunk.Sum(size => size.Content),
            shrunk.Sum(size => size.Packed)
        );
    }
}
