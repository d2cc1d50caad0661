using System.Text;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>One of the papers of a release.</summary>
public sealed record ReleasePaper(string Name, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    internal Descriptor Descriptor => new(MediaType, Digest.Of(Bytes.Span), Bytes.Length);
}

/// <summary>
/// All of a bundle but its images, files and pages: what it holds, by digest, why that fits together, and who signed it. A signature
/// covers the list of hashes, the list the inventory, and the inventory the rest.
/// </summary>
public sealed class ReleasePapers
{
    private const string MediaTypeStem = "application/vnd.infometis.release.";

    /// <summary>Those that stand in the archive, which the inventory lists.</summary>
    private static readonly (string Member, string MediaType)[] Listed =
    [
        (BundleNames.ReleaseMember, $"{MediaTypeStem}manifest.v1+yaml"),
        (BundleNames.CouplingMember, $"{MediaTypeStem}coupling.v1+json"),
        (BundleNames.MaterialsMember, "application/vnd.cyclonedx+json"),
    ];

    /// <summary>Those that stand beside it; the signatures only where somebody signed.</summary>
    private static readonly (string Name, string MediaType)[] Beside =
    [
        (BundleNames.Sums, $"{MediaTypeStem}sums.v1"),
        (BundleNames.Signature, $"{MediaTypeStem}signatures.v1"),
        (BundleNames.Sigstore, "application/vnd.dev.sigstore.bundle.v0.3+json"),
    ];

    private readonly string _subject;
    private readonly Dictionary<string, ReleasePaper> _papers;

    private ReleasePapers(string subject, Dictionary<string, ReleasePaper> papers)
    {
        (_subject, _papers) = (subject, papers);
        var inventory = Require(BundleNames.Inventory);
        Inventory = InventoryReader.Parse(inventory);
        InventoryBounds.Check(Inventory, inventory.Span);
        CheckList(Digest.Of(inventory.Span));
        foreach (var (member, _) in Listed)
            CheckListed(member);
    }

    public Inventory Inventory { get; }

    /// <summary>In an order that depends on nothing.</summary>
    public IReadOnlyList<ReleasePaper> All =>
        [.. Known.Select(known => _papers.GetValueOrDefault(known.Name)).OfType<ReleasePaper>()];

    /// <summary>Lines of SHA256SUMS.sig; null where nobody signed.</summary>
    public int? Signatures => Text(BundleNames.Signature)?.Count(letter => letter == '\n');

    /// <summary>What a signature is held against.</summary>
    public SignedSums Sums =>
        new(_subject, Require(BundleNames.Sums), Text(BundleNames.Signature), Text(BundleNames.Sigstore));

    /// <summary>What there may be, and how large it may be.</summary>
    internal static IEnumerable<(string Name, string MediaType, int Largest)> Known =>
        [
            .. Listed.Select(one => (NameOf(one.Member), one.MediaType, InventoryReader.LargestInventory)),
            (BundleNames.Inventory, $"{MediaTypeStem}inventory.v1+json", InventoryReader.LargestInventory),
            .. Beside.Select(one => (one.Name, one.MediaType, SignedFiles.LongestFile)),
        ];

    /// <summary>Those of a bundle.</summary>
    /// <exception cref="ReleaseException">One is not there, or is not what the inventory says.</exception>
    public static async Task<ReleasePapers> OfAsync(BundleArchive archive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var bytes = new Dictionary<string, byte[]?> { [BundleNames.Inventory] = archive.InventoryBytes };
        foreach (var (member, _) in Listed)
            bytes[NameOf(member)] = await ReadAsync(archive, member, cancellationToken);
        foreach (var (name, _) in Beside)
            bytes[name] = Read(archive.Files, name);
        return Of(
            archive.Files.Folder,
            [
                .. Known
                    .Where(known => bytes[known.Name] is not null)
                    .Select(known => new ReleasePaper(known.Name, known.MediaType, bytes[known.Name])),
            ]
        );
    }

    /// <summary>Those that were brought from elsewhere; each has been held against its own digest.</summary>
    /// <exception cref="ReleaseException">One is lacking, or is not what the inventory says.</exception>
    internal static ReleasePapers Of(string subject, IReadOnlyList<ReleasePaper> papers) =>
        new(subject, papers.ToDictionary(paper => paper.Name, StringComparer.Ordinal));

    private static string NameOf(string member) => member[BundleNames.Folder.Length..];

    private static async Task<byte[]> ReadAsync(
        BundleArchive archive,
        string member,
        CancellationToken cancellationToken
    )
    {
        var file = archive.Members.File(member) ?? throw new ReleaseException(Message.MemberMissing(member));
        if (file.Member.Size > InventoryReader.LargestInventory)
            throw new ReleaseException(
                Message.DocumentTooLarge(member, file.Member.Size, InventoryReader.LargestInventory)
            );
        await using var content = new VerifyingStream(
            archive.OpenFile(file, offset: 0, cancellationToken),
            file.Descriptor
        );
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static byte[]? Read(BundleFiles files, string name)
    {
        try
        {
            return files.Beside(name) is { IsRegular: true } file
                ? SmallFile.ReadIfThere(file.Path, SignedFiles.LongestFile)
                : null;
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            throw new ReleaseException(Message.BundleFileUnreadable(name, SmallFile.Reason(exception)), exception);
        }
    }

    private string? Text(string name) =>
        _papers.GetValueOrDefault(name) is { } paper ? Encoding.UTF8.GetString(paper.Bytes.Span) : null;

    private ReadOnlyMemory<byte> Require(string name) =>
        _papers.GetValueOrDefault(name)?.Bytes ?? throw new ReleaseException(Message.BundleFileMissing(name));

    /// <summary>The list that is signed speaks of this inventory.</summary>
    private void CheckList(Digest inventory)
    {
        Require(BundleNames.Sums);
        if (!ChecksumList.TryParse(Text(BundleNames.Sums)!, out var list, out var reason))
            throw new ReleaseException(Message.SumsMalformed(reason));
        var listed = list.Entries.FirstOrDefault(entry => entry.Name == BundleNames.Inventory)?.Digest;
        if (listed != inventory)
            throw new ReleaseException(
                Message.InventoryDiffers(BundleNames.Inventory, $"{listed}", inventory.ToString())
            );
    }

    private void CheckListed(string member)
    {
        var found = Digest.Of(Require(NameOf(member)).Span);
        var listed = Inventory.Files.FirstOrDefault(file => file.Path == member)?.Sha256;
        if (listed != found)
            throw new ReleaseException(Message.MemberDamaged(member, $"{listed}", found.ToString()));
    }
}
