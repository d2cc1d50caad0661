using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>Lays out an archive: which member comes where, in which frame, and the inventory that says so.</summary>
internal sealed class BundlePlanner
{
    private const int FileMode = 0b110_100_100;

    private readonly BundleContents _contents;
    private readonly IReadOnlyDictionary<Digest, BlobSample> _samples;
    private readonly IReadOnlyList<Descriptor> _documents;
    private readonly IReadOnlyList<Descriptor> _blobs;
    private readonly IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> _pages;
    private readonly HashSet<Digest> _asText;
    private readonly byte[] _index;

    private readonly record struct Placed(int Frame, long Offset);

    public BundlePlanner(BundleContents contents, IReadOnlyDictionary<Digest, BlobSample> samples)
    {
        (_contents, _samples) = (contents, samples);
        (_documents, _blobs) = (contents.Documents, contents.Blobs);
        _asText = [.. _documents.Select(document => document.Digest)];
        _index = ImagesIndex.Bytes(contents.Images.Select(image => (image.Root, image.Names)));
        _pages =
        [
            (BundleNames.CouplingMember, contents.Coupling),
            (BundleNames.MaterialsMember, BillOfMaterials.Bytes(contents)),
            .. contents
                .Docs.OrderBy(page => page.Name, StringComparer.Ordinal)
                .Select(page => (BundleNames.DocsFolder + page.Name, page.Bytes)),
        ];
    }

    public Digest Index => Digest.Of(_index);

    public long ImagesSize =>
        MemberSize(LayoutMarker.Length)
        + MemberSize(_index.Length)
        + _documents.Concat(_blobs).Sum(blob => MemberSize(blob.Size))
        + (2 * TarHeader.Length);

    /// <summary>The members of infometis/ but the inventory, in their order.</summary>
    public IReadOnlyList<InventoryFile> Files =>
        [
            FileOf(BundleNames.ReleaseMember, _contents.ManifestBytes),
            .. _pages.Select(page => FileOf(page.Name, page.Bytes)),
            .. OtherFiles.Select(file => new InventoryFile(
                BundleNames.FilesFolder + file.Name,
                file.Size,
                file.Sha256,
                file.Mode
            )),
        ];

    private static ReadOnlyMemory<byte> LayoutMarker { get; } = """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray();

    private IEnumerable<BundledFile> OtherFiles => _contents.Files.OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>The plan, and the inventory that is in it.</summary>
    /// <param name="inventory">Makes the inventory of what lies where.</param>
    public (ArchivePlan Plan, byte[] Inventory) Plan(Func<IReadOnlyList<InventoryBlob>, Inventory> inventory)
    {
        // The inventory says where blobs lie in images.tar, and lies before it: its own size moves no blob, and a frame
        // only where it outgrows one.
        var (plan, placed) = Lay([]);
        while (true)
        {
            var bytes = InventoryWriter.Bytes(inventory(Blobs(placed)));
            (plan, var again) = Lay(bytes);
            if (again.SequenceEqual(placed))
                return (plan, bytes);
            placed = again;
        }
    }

    private IReadOnlyList<InventoryBlob> Blobs(IReadOnlyList<Placed> placed) =>
        [
            .. _documents
                .Concat(_blobs)
                .Zip(
                    placed,
                    (blob, place) =>
                        new InventoryBlob(
                            blob.Digest,
                            blob.MediaType,
                            blob.Size,
                            place.Offset,
                            place.Frame,
                            IsStored(blob),
                            _samples.GetValueOrDefault(blob.Digest)
                        )
                ),
        ];

    /// <summary>Documents were not tried: text shrinks.</summary>
    private bool IsStored(Descriptor blob) =>
        !_asText.Contains(blob.Digest)
        && !(_samples.TryGetValue(blob.Digest, out var sample) && BlobSampler.Shrinks(sample));

    private (ArchivePlan Plan, List<Placed> Placed) Lay(byte[] inventory)
    {
        var plan = new ArchivePlan(_contents.Manifest.Released);
        Add(plan, BundleNames.ReleaseMember, _contents.ManifestBytes);
        Add(plan, BundleNames.InventoryMember, inventory);
        foreach (var (name, bytes) in _pages)
            Add(plan, name, bytes);
        foreach (var file in OtherFiles)
        {
            plan.Break();
            plan.Add(
                BundleNames.FilesFolder + file.Name,
                file.Mode,
                new ArchivePiece.Elsewhere(file.Size, file.Open),
                isStored: false
            );
        }
        plan.Break();
        plan.Open(BundleNames.ImagesMember, FileMode, ImagesSize);
        var placed = LayImages(plan);
        plan.Close();
        return (plan, placed);
    }

    private List<Placed> LayImages(ArchivePlan plan)
    {
        var start = plan.Length;
        Add(plan, BundleNames.LayoutMember, LayoutMarker);
        Add(plan, BundleNames.IndexMember, _index);
        var placed = new List<Placed>(_documents.Count + _blobs.Count);
        foreach (var blob in _documents.Concat(_blobs))
        {
            ContentOpener open = (offset, token) => _contents.Content.FetchAsync(blob, offset, token);
            var content = new ArchivePiece.Elsewhere(blob.Size, open);
            var (frame, offset) = plan.Add(BundleNames.Blob(blob.Digest), FileMode, content, IsStored(blob));
            placed.Add(new Placed(frame, offset - start));
        }
        plan.Break();
        plan.Close();
        if (plan.Length - start != ImagesSize)
            throw new InvalidOperationException($"images.tar takes {plan.Length - start} bytes, not {ImagesSize}");
        return placed;
    }

    private static void Add(ArchivePlan plan, string name, ReadOnlyMemory<byte> bytes) =>
        plan.Add(name, FileMode, new ArchivePiece.InMemory(bytes), isStored: false);

    private static InventoryFile FileOf(string name, ReadOnlyMemory<byte> bytes) =>
        new(name, bytes.Length, Digest.Of(bytes.Span), FileMode);

    private static long MemberSize(long size) => TarHeader.Length + TarHeader.Padded(size);
}
