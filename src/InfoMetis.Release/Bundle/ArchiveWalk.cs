using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Goes through the tar of a bundle from its first header to its last zero. The manifest and the inventory come first and
/// bound what may follow: after them every header is known before it is read.
/// </summary>
internal sealed class ArchiveWalk(UnpackedBytes bytes, WalkedContent content, ICollection<Finding> findings)
    : IDisposable
{
    /// <summary>What the manifest and the inventory may take, with their headers.</summary>
    public const long RoomToBegin = ManifestReader.LargestManifest + InventoryReader.LargestInventory + (4 << 10);

    /// <summary>So that members that do not belong there are told of, and not only that there is more than declared.</summary>
    private const long RoomForSurplus = 1 << 20;

    private static readonly byte[] Zeros = new byte[TarHeader.Length];

    private readonly MemberReading _members = new(bytes);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var released = await ManifestAsync(cancellationToken);
        var inventory = await InventoryAsync(released, cancellationToken);
        var walk = new MemberWalk(bytes, _members, content, findings) { Released = released };
        await walk.RunAsync(
            ExpectedMember.Before(inventory),
            TarHeader.Of(BundleNames.ImagesMember, inventory.ImagesSize, ExpectedMember.FileMode, released),
            cancellationToken
        );
        bytes.Plan.Break();
        bytes.Plan.Add(TarHeader.Length, isStored: false);
        var start = bytes.Position;
        walk.Start = start;
        await walk.RunAsync(ExpectedMember.Within(inventory, ImagesIndex.Bytes(inventory)), Zeros, cancellationToken);
        await EndAsync(cancellationToken);
        if (bytes.Position - start - Zeros.Length - Zeros.Length is var found && found != inventory.ImagesSize)
            findings.Add(
                Message.InventoryDiffers(BundleNames.ImagesMember, $"{inventory.ImagesSize} bytes", $"{found} bytes")
            );
        await bytes.FinishAsync(cancellationToken);
        content.IsWhole = walk.IsAsExpected;
    }

    public void Dispose() => _members.Dispose();

    /// <summary>Of the first member the time is not known yet; it is the time of all others.</summary>
    private async Task<DateTimeOffset> ManifestAsync(CancellationToken cancellationToken)
    {
        var block = await _members.BlockAsync(cancellationToken);
        var released = TarHeader.Modified(block) ?? DateTimeOffset.UnixEpoch;
        content.Manifest = await DocumentAsync(
            block,
            BundleNames.ReleaseMember,
            ManifestReader.LargestManifest,
            released,
            cancellationToken
        );
        return released;
    }

    private async Task<Inventory> InventoryAsync(DateTimeOffset released, CancellationToken cancellationToken)
    {
        content.InventoryBytes = await DocumentAsync(
            await _members.BlockAsync(cancellationToken),
            BundleNames.InventoryMember,
            InventoryReader.LargestInventory,
            released,
            cancellationToken
        );
        var inventory = InventoryReader.Parse(content.InventoryBytes);
        InventoryBounds.Check(inventory, content.InventoryBytes);
        content.Inventory = inventory;
        var before = ExpectedMember.Before(inventory).Sum(member => member.Room);
        bytes.Limit = bytes.Position + before + inventory.ImagesSize + (3 * TarHeader.Length) + RoomForSurplus;
        return inventory;
    }

    private async Task<byte[]> DocumentAsync(
        byte[] block,
        string name,
        int largest,
        DateTimeOffset released,
        CancellationToken cancellationToken
    )
    {
        var (member, reason) = MemberHeader.Judge(block, name, []);
        var size = member?.Size ?? 0;
        if (size > largest)
            throw new ReleaseException(
                Message.MemberRefused(name, $"it has more than the {largest:N0} bytes it may have")
            );
        if (!block.AsSpan().SequenceEqual(TarHeader.Of(name, size, ExpectedMember.FileMode, released)))
            throw new ReleaseException(Message.MemberRefused(member?.Name ?? "", reason));
        bytes.Plan.Add(TarHeader.Length + TarHeader.Padded(size), isStored: false);
        var document = new byte[size];
        await _members.ContentAsync(name, size, document, cancellationToken);
        return document;
    }

    /// <summary>The end of images.tar, of which the first block is read already, and that of the archive.</summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        bytes.Plan.Break();
        bytes.Plan.Add(4 * TarHeader.Length, isStored: false);
        for (var block = 1; block < 4; block++)
        {
            if ((await _members.BlockAsync(cancellationToken)).AsSpan().ContainsAnyExcept((byte)0))
                throw new ReleaseException(
                    Message.MemberRefused("", "something stands where two blocks of zeros must end it")
                );
        }
    }
}
