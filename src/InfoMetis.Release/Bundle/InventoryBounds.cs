using InfoMetis.Release.Install;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>What an inventory must be for the rest of the archive to be read by it at all.</summary>
internal static class InventoryBounds
{
    /// <summary>More than any medium holds that a person carries.</summary>
    private const long LargestArchive = 1L << 40;

    private const int LargestMode = 0b111_111_111;

    private static readonly string[] FirstFiles =
    [
        BundleNames.ReleaseMember,
        BundleNames.CouplingMember,
        BundleNames.MaterialsMember,
    ];

    /// <exception cref="ReleaseException">It is not.</exception>
    public static void Check(Inventory inventory, ReadOnlySpan<byte> bytes)
    {
        if (!InventoryWriter.Bytes(inventory).AsSpan().SequenceEqual(bytes))
            throw Malformed("it is not written in the one form that a bundle has");
        if (inventory.Released.ToUnixTimeSeconds() > LargestTime)
            throw Malformed("its time is too late");
        // Whatever says them again, a shell among others, may do so as they are.
        if (!new[] { inventory.Name, inventory.Version, inventory.K0s, inventory.Tool }.All(ScriptValues.IsPlain))
            throw Malformed("its name, version, k0s or tool is not plain");
        Sizes([inventory.ImagesSize, .. inventory.Blobs.Select(b => b.Size), .. inventory.Files.Select(f => f.Size)]);
        Paths(inventory.Files);
        if (inventory.Blobs.DistinctBy(blob => blob.Digest).Count() < inventory.Blobs.Count)
            throw Malformed("it names a blob twice");
        // An index has an entry for each of them, and is read into memory.
        if (inventory.Images.Sum(image => (long)image.Names.Count) > MostNames)
            throw Malformed($"it has more than {MostNames:N0} names of images");
    }

    /// <summary>What the field of a header has room for.</summary>
    private const long LargestTime = (1L << 33) - 1;

    private const int MostNames = 10_000;

    private static void Sizes(IEnumerable<long> sizes)
    {
        long sum = 0;
        foreach (var size in sizes)
        {
            // Each counts twice: once by itself, and once in images.tar.
            if (size > LargestArchive || (sum += size) > 2 * LargestArchive)
                throw Malformed("it declares more bytes than a bundle can have");
        }
    }

    private static void Paths(IReadOnlyList<InventoryFile> files)
    {
        var paths = files.Select(file => file.Path).ToList();
        if (!paths.Take(FirstFiles.Length).SequenceEqual(FirstFiles))
            throw Malformed($"its files do not begin with {string.Join(", ", FirstFiles)}");
        var (docs, others) = (Below(paths, BundleNames.DocsFolder), Below(paths, BundleNames.FilesFolder));
        if (!paths.Skip(FirstFiles.Length).SequenceEqual([.. docs, .. others]))
            throw Malformed("its files are not those of a bundle, or not in its order");
        if (files.FirstOrDefault(file => !HasMode(file)) is { } file)
            throw Malformed($"'{file.Path}' has a mode that no bundle gives it");
    }

    /// <summary>The paths below a folder as they must be, in order and each once whatever the case of letters.</summary>
    private static IEnumerable<string> Below(IEnumerable<string> paths, string folder) =>
        paths
            .Where(path =>
                path.StartsWith(folder, StringComparison.Ordinal) && MemberName.IsPlain(path[folder.Length..])
            )
            .DistinctBy(path => path, StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal);

    private static bool HasMode(InventoryFile file) =>
        file.Path.StartsWith(BundleNames.FilesFolder, StringComparison.Ordinal)
            ? file.Mode is >= 0 and <= LargestMode
            : file.Mode == ExpectedMember.FileMode;

    private static ReleaseException Malformed(string reason) =>
        new(Message.DocumentMalformed(BundleNames.InventoryMember, reason));
}
