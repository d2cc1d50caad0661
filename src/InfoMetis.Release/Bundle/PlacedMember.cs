using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>A member of the archive, or of images.tar in it, and where in the tar its header must stand.</summary>
internal sealed record PlacedMember(ExpectedMember Member, long HeaderAt)
{
    public long Start => HeaderAt + TarHeader.Length;

    public Descriptor Descriptor => new(Member.Blob?.MediaType ?? "", Member.Digest, Member.Size);
}

/// <summary>Where everything lies in the tar: it follows from the inventory, and from nothing else.</summary>
internal sealed class PlacedMembers
{
    private readonly Dictionary<string, PlacedMember> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, PlacedMember> _blobs = [];

    public PlacedMembers(Inventory inventory, ReadOnlySpan<byte> inventoryBytes)
    {
        Index = ImagesIndex.Bytes(inventory);
        if (Digest.Of(Index) != inventory.Index)
            throw Malformed("the images it names are not those of the index it names");
        var first = inventory.Files[0];
        var itself = Digest.Of(inventoryBytes);
        ExpectedMember[] files =
        [
            new(first.Path, first.Size, first.Mode, first.Sha256),
            new(BundleNames.InventoryMember, inventoryBytes.Length, ExpectedMember.FileMode, itself),
            .. ExpectedMember.Before(inventory),
        ];
        var end = Place(files, 0);
        Images = new PlacedMember(
            new ExpectedMember(BundleNames.ImagesMember, inventory.ImagesSize, ExpectedMember.FileMode, default),
            end
        );
        end = Place(ExpectedMember.Within(inventory, Index), Images.Start) + (2 * TarHeader.Length);
        if (end - Images.Start != inventory.ImagesSize)
            throw Malformed("its blobs do not add up to its images.tar");
        if (_blobs.Values.Any(blob => blob.Start - Images.Start != blob.Member.Blob!.Offset))
            throw Malformed("a blob does not lie where the sizes of those before it put it");
    }

    /// <summary>The members of infometis/, in their order.</summary>
    public IEnumerable<PlacedMember> Files =>
        _files.Values.Where(file => file.Member.Name.StartsWith(BundleNames.Folder, StringComparison.Ordinal));

    public PlacedMember Images { get; }

    /// <summary>The bytes that the index.json of images.tar must have.</summary>
    public byte[] Index { get; }

    public PlacedMember? File(string name) => _files.GetValueOrDefault(name);

    public PlacedMember? Blob(Digest digest) => _blobs.GetValueOrDefault(digest);

    private long Place(IEnumerable<ExpectedMember> members, long at)
    {
        foreach (var member in members)
        {
            if (member.Blob is null)
                _files.Add(member.Name, new PlacedMember(member, at));
            else
                _blobs.Add(member.Digest, new PlacedMember(member, at));
            at += member.Room;
        }
        return at;
    }

    private static ReleaseException Malformed(string reason) =>
        new(Message.DocumentMalformed(BundleNames.Inventory, reason));
}
