using System.Collections.Concurrent;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// A bundle whose members are read one by one, each where it lies, without the rest. That a header is what it must be is
/// checked before anything behind it is handed out; what is behind it is checked by who reads it to its end.
/// </summary>
public sealed class BundleArchive : IDisposable
{
    private readonly TarOfArchive _tar;
    private readonly ConcurrentDictionary<PlacedMember, bool> _checked = new(ReferenceEqualityComparer.Instance);
    private bool _imagesAreThere;
    private bool _inventoryIsWhole;

    private BundleArchive(BundleFiles files, TarOfArchive tar)
    {
        (Files, _tar) = (files, tar);
        var at = Skip(0, BundleNames.ReleaseMember, ManifestReader.LargestManifest);
        var size = SizeAt(at, BundleNames.InventoryMember, InventoryReader.LargestInventory);
        InventoryBytes = new byte[size];
        using (var content = _tar.Open(at + TarHeader.Length, size, CancellationToken.None))
            content.ReadExactly(InventoryBytes);
        Inventory = InventoryReader.Parse(InventoryBytes);
        InventoryBounds.Check(Inventory, InventoryBytes);
        // Nothing vouches for the inventory here, but what it says of images it says twice.
        if (Digest.Of(ImagesIndex.Bytes(Inventory)) != Inventory.Index)
            throw new ReleaseException(
                Message.BundleUnusable(files.Archive, "its inventory does not agree with the index that it names")
            );
        Members = new PlacedMembers(Inventory, InventoryBytes);
        CheckHeader(Members.File(BundleNames.InventoryMember)!, CancellationToken.None);
    }

    public BundleFiles Files { get; }

    public Inventory Inventory { get; }

    /// <summary>What stands in the archive beside images.tar, by name.</summary>
    public IEnumerable<string> FileNames => Members.Files.Select(file => file.Member.Name);

    internal byte[] InventoryBytes { get; }

    internal PlacedMembers Members { get; }

    internal FrameTable? Frames => _tar.Frames;

    /// <exception cref="ReleaseException">It is not the archive of a bundle, or its first bytes are not here.</exception>
    public static BundleArchive Open(BundleFiles files)
    {
        var packed = PackedArchive.Open(files);
        try
        {
            return new BundleArchive(files, new TarOfArchive(packed, CompressionKinds.OfFile(files.Archive)!.Value));
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    /// <summary>
    /// As <see cref="Open"/>, for many readers at a time who together take a bounded memory. An archive that has no table of frames is
    /// read to its end first, and so found sound or refused; then it is known where its frames are.
    /// </summary>
    public static async Task<BundleArchive> OpenForManyAsync(BundleFiles files, CancellationToken cancellationToken)
    {
        if (files.Missing.Count > 0)
            throw new ReleaseException([.. files.Missing.Select(Message.BundleFileMissing)]);
        var kind = CompressionKinds.OfFile(files.Archive)!.Value;
        var frames = kind is CompressionKind.Gzip ? await FramesAsync(files, cancellationToken) : null;
        var packed = PackedArchive.Open(files);
        try
        {
            return new BundleArchive(files, TarOfArchive.Shared(packed, kind, frames));
        }
        catch
        {
            packed.Dispose();
            throw;
        }
    }

    private static async Task<FrameTable> FramesAsync(BundleFiles files, CancellationToken cancellationToken)
    {
        var reading = await ArchiveReading.RunAsync(files.Archive, PackedPiece.Of(files), cancellationToken);
        return reading.Findings.Count == 0
            ? FrameTable.Of(reading.Frames)
            : throw new ReleaseException([.. reading.Findings]);
    }

    /// <summary>A file of the archive, held against the inventory.</summary>
    internal async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var file = Members.File(name) ?? throw new ReleaseException(Message.MemberElsewhere(Files.Archive, name, 0));
        await using var content = OpenFile(file, offset: 0, cancellationToken);
        return await ImageDocument.ReadAsync(content, file.Descriptor, cancellationToken);
    }

    /// <summary>What the manifest had carried from beside it, from where it lies now.</summary>
    internal IReadOnlyList<BundledFile> FilesBeside(ReleaseManifest manifest) =>
        [.. manifest.Files.Where(file => file.Path is not null).Select(file => Carried(file))];

    public void Dispose() => _tar.Dispose();

    /// <summary>A blob from an offset on; its digest is not checked here.</summary>
    internal Stream OpenBlob(Digest digest, long offset, CancellationToken cancellationToken)
    {
        var blob =
            Members.Blob(digest)
            ?? throw new ReleaseException(Message.ContentMissing(digest.ToString(), Files.Archive));
        CheckImages(cancellationToken);
        CheckFrame(blob);
        return OpenFile(blob, offset, cancellationToken);
    }

    /// <summary>The index.json of images.tar.</summary>
    internal Stream OpenIndex(CancellationToken cancellationToken)
    {
        CheckImages(cancellationToken);
        return OpenFile(Members.File(BundleNames.IndexMember)!, offset: 0, cancellationToken);
    }

    internal Stream OpenFile(PlacedMember file, long offset, CancellationToken cancellationToken)
    {
        CheckInventory(cancellationToken);
        // The header of a blob may be in a frame that has to be unpacked for it; it does not change.
        if (!_checked.ContainsKey(file))
        {
            CheckHeader(file, cancellationToken);
            _checked[file] = true;
        }
        offset = Math.Clamp(offset, 0, file.Member.Size);
        return _tar.Open(file.Start + offset, file.Member.Size - offset, cancellationToken);
    }

    private BundledFile Carried(ReleaseFile file)
    {
        var name = BundleNames.FilesFolder + file.Name;
        var placed = Members.File(name) ?? throw new ReleaseException(Message.MemberElsewhere(Files.Archive, name, 0));
        return new BundledFile(
            file.Name,
            placed.Member.Size,
            file.Sha256,
            file.Mode,
            (offset, token) => Task.FromResult(OpenFile(placed, offset, token))
        );
    }

    private void CheckHeader(PlacedMember member, CancellationToken cancellationToken)
    {
        if (!Block(member.HeaderAt, cancellationToken).AsSpan().SequenceEqual(member.Member.Header(Inventory.Released)))
            throw new ReleaseException(Message.MemberElsewhere(Files.Archive, member.Member.Name, member.HeaderAt));
    }

    /// <summary>
    /// What vouches for a frame stands at its end, and the inventory was read before that. The rest is read before anything is given out
    /// by its word; where there is no table of frames, everything is read from the beginning anyway.
    /// </summary>
    private void CheckInventory(CancellationToken cancellationToken)
    {
        if (_inventoryIsWhole || Frames is not { } frames)
            return;
        var placed = Members.File(BundleNames.InventoryMember)!;
        var end = frames.ContentStart(frames.FrameOf(placed.Start + placed.Member.Size - 1) + 1);
        using var rest = _tar.Open(placed.Start, end - placed.Start, cancellationToken);
        var again = new byte[InventoryBytes.Length];
        rest.ReadExactly(again);
        if (!again.AsSpan().SequenceEqual(InventoryBytes))
            throw new ReleaseException(
                Message.BundleUnusable(Files.Archive, "its inventory is another one when it is read again")
            );
        rest.CopyTo(Stream.Null);
        _inventoryIsWhole = true;
    }

    private void CheckImages(CancellationToken cancellationToken)
    {
        if (_imagesAreThere)
            return;
        CheckHeader(Members.Images, cancellationToken);
        _imagesAreThere = true;
    }

    private void CheckFrame(PlacedMember blob)
    {
        if (Frames is { } frames && frames.FrameOf(blob.HeaderAt) != blob.Member.Blob!.Frame)
            throw new ReleaseException(
                Message.BundleUnusable(Files.Archive, $"{blob.Member.Name} is not in the frame that the inventory says")
            );
    }

    /// <summary>Where the member after this one begins.</summary>
    private long Skip(long at, string name, long largest) =>
        at + TarHeader.Length + TarHeader.Padded(SizeAt(at, name, largest));

    /// <summary>The size of a member that is read before the inventory can tell it.</summary>
    private long SizeAt(long at, string name, long largest) =>
        TarHeader.Parse(Block(at, CancellationToken.None), at + TarHeader.Length) is { Type: '0' } member
        && member.Name == name
        && member.Size <= largest
            ? member.Size
            : throw new ReleaseException(Message.MemberElsewhere(Files.Archive, name, at));

    private byte[] Block(long at, CancellationToken cancellationToken)
    {
        var block = new byte[TarHeader.Length];
        using var header = _tar.Open(at, block.Length, cancellationToken);
        header.ReadExactly(block);
        return block;
    }
}
