using System.Buffers;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Takes images or files out of a bundle. All of it is held against its digest on the way, and a file has its name only
/// when all of it was right.
/// </summary>
public sealed class BundleExtract(BundleArchive archive)
{
    private const int PieceSize = 512 << 10;

    private Inventory Inventory => archive.Inventory;

    /// <summary>The images that are asked for by the names of the manifest, or by any name that a pod may use.</summary>
    /// <exception cref="ReleaseException">Names that no image has: all of them.</exception>
    public IReadOnlyList<InventoryImage> Find(IReadOnlyList<string> names)
    {
        var known = string.Join(", ", Inventory.Images.Select(image => image.Name));
        var unknown = names.Where(name => !Inventory.Images.Any(image => IsNamed(image, name))).ToList();
        if (unknown.Count > 0)
            throw new ReleaseException([
                .. unknown.Select(name => Message.NameUnknown(archive.Files.Archive, name, known)),
            ]);
        return [.. Inventory.Images.Where(image => names.Any(name => IsNamed(image, name)))];
    }

    /// <summary>An OCI archive of some images under all their names, laid out as images.tar is.</summary>
    /// <returns>Its size.</returns>
    /// <exception cref="ReleaseException">An image is not all there, by the word of its own documents.</exception>
    public async Task<long> ImagesAsync(
        IReadOnlyList<InventoryImage> images,
        string output,
        CancellationToken cancellationToken
    )
    {
        var content = new HashSet<Digest>();
        foreach (var image in images)
            content.UnionWith(await ContentAsync(image, cancellationToken));
        return await WriteAsync(
            ImagesIndex.Bytes(Inventory with { Images = images }),
            [.. Inventory.Blobs.Where(blob => content.Contains(blob.Digest))],
            output,
            cancellationToken
        );
    }

    /// <summary>images.tar, byte for byte: each of its bytes is known beforehand, or verified.</summary>
    /// <returns>Its size.</returns>
    public async Task<long> AllAsync(string output, CancellationToken cancellationToken)
    {
        await using (var index = Checked(archive.OpenIndex(cancellationToken), BundleNames.IndexMember))
            await CopyAsync(index, _ => { }, cancellationToken);
        return await WriteAsync(archive.Members.Index, Inventory.Blobs, output, cancellationToken);
    }

    /// <summary>One of the members beside images.tar, with infometis/ before its name or without.</summary>
    /// <exception cref="ReleaseException">There is none of that name.</exception>
    public BundleFileContent File(string name) =>
        new(
            archive,
            archive.Members.Files.FirstOrDefault(file =>
                file.Member.Name == name || file.Member.Name == BundleNames.Folder + name
            )
                ?? throw new ReleaseException(
                    Message.MemberUnknown(archive.Files.Archive, name, string.Join(", ", archive.FileNames))
                )
        );

    internal static async Task CopyAsync(Stream content, FrameSink sink, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
                sink(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>All that an image consists of. What the inventory lists of it nobody has vouched for.</summary>
    private async Task<IEnumerable<Digest>> ContentAsync(InventoryImage image, CancellationToken cancellationToken)
    {
        var root =
            archive.Members.Blob(image.Digest)?.Descriptor
            ?? throw new ReleaseException(Message.ContentMissing(image.Digest.ToString(), archive.Files.Archive));
        var graph = await new GraphWalk(new ArchivedContent(archive)).WalkAsync(root, cancellationToken);
        return graph.Missing.Count == 0
            ? graph.Present.Select(content => content.Digest)
            : throw new ReleaseException(
                Message.ContentMissing(graph.Missing[0].Digest.ToString(), archive.Files.Archive)
            );
    }

    private async Task<long> WriteAsync(
        byte[] index,
        IReadOnlyList<InventoryBlob> blobs,
        string output,
        CancellationToken cancellationToken
    )
    {
        var chosen = Inventory with { Blobs = blobs };
        var members = ExpectedMember.Within(chosen, index);
        var size = members.Sum(member => member.Room) + (2 * TarHeader.Length);
        using var file = PartialFile.Begin(output, size);
        foreach (var member in members)
        {
            file.Write(member.Header(Inventory.Released));
            if (member.Blob is null)
                file.Write(member.Name == BundleNames.IndexMember ? index : ExpectedMember.Marker);
            else
                await WriteAsync(member, file, cancellationToken);
            file.Write(new byte[TarHeader.Padded(member.Size) - member.Size]);
        }
        file.Write(new byte[2 * TarHeader.Length]);
        file.Finish();
        return size;
    }

    private async Task WriteAsync(ExpectedMember blob, PartialFile file, CancellationToken cancellationToken)
    {
        var expected = new Descriptor("", blob.Digest, blob.Size);
        var content = archive.OpenBlob(blob.Digest, offset: 0, cancellationToken);
        await using var verified = new VerifyingStream(content, expected);
        await CopyAsync(verified, file.Write, cancellationToken);
    }

    private VerifyingStream Checked(Stream content, string member) =>
        new(content, archive.Members.File(member)!.Descriptor);

    private static bool IsNamed(InventoryImage image, string name) =>
        image.Name == name
        || image.Names.Contains(name)
        || (ImageReference.TryParse(name, out var reference) && image.Names.Contains(reference.ToString()));
}
