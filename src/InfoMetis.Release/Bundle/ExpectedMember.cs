using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>A member that the inventory declares: every byte of its header follows from it.</summary>
internal sealed record ExpectedMember(string Name, long Size, int Mode, Digest Digest)
{
    public const int FileMode = 0b110_100_100;

    public static byte[] Marker { get; } = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();

    public bool IsStored { get; init; }

    /// <summary>It is small, and tells what images consist of.</summary>
    public bool IsDocument { get; init; }

    /// <summary>A frame begins with it in any case.</summary>
    public bool BeginsFrame { get; init; }

    public InventoryBlob? Blob { get; init; }

    /// <summary>With header and padding.</summary>
    public long Room => TarHeader.Length + TarHeader.Padded(Size);

    public byte[] Header(DateTimeOffset released) => TarHeader.Of(Name, Size, Mode, released);

    /// <summary>The members between the inventory and images.tar.</summary>
    public static IReadOnlyList<ExpectedMember> Before(Inventory inventory) =>
        [
            .. inventory
                .Files.Skip(1)
                .Select(file => new ExpectedMember(file.Path, file.Size, file.Mode, file.Sha256)
                {
                    BeginsFrame = file.Path.StartsWith(BundleNames.FilesFolder, StringComparison.Ordinal),
                }),
        ];

    /// <summary>The members of images.tar.</summary>
    public static IReadOnlyList<ExpectedMember> Within(Inventory inventory, ReadOnlySpan<byte> index) =>
        [
            new ExpectedMember(BundleNames.LayoutMember, Marker.Length, FileMode, Digest.Of(Marker)),
            new ExpectedMember(BundleNames.IndexMember, index.Length, FileMode, Digest.Of(index)),
            .. inventory.Blobs.Select(blob => new ExpectedMember(
                BundleNames.Blob(blob.Digest),
                blob.Size,
                FileMode,
                blob.Digest
            )
            {
                IsStored = blob.IsStored,
                IsDocument =
                    MediaTypes.IsIndex(blob.MediaType)
                    || MediaTypes.IsManifest(blob.MediaType)
                    || MediaTypes.IsImageConfig(blob.MediaType),
                Blob = blob,
            }),
        ];
}
