using System.Text;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release;

/// <summary>
/// Proves a bundle as it lies on its medium: signature, files, archive, content, images, inventory, coupling. Nothing found
/// keeps the rest from being looked at, as far as there is something to look at; no socket is opened.
/// </summary>
public sealed class ReleaseVerify(ReleaseBuilder builder, SignaturePolicy policy)
{
    private readonly List<Finding> _findings = [];

    public async Task<VerifyResult> OfFilesAsync(BundleFiles files, CancellationToken cancellationToken)
    {
        var pieces = PackedPiece.Of(files);
        var reading =
            files.Missing.Count == 0 ? await ArchiveReading.RunAsync(files.Archive, pieces, cancellationToken) : null;
        var read = reading?.Pieces ?? await ArchiveReading.HashAsync(pieces, cancellationToken);
        return Of(files, reading, read, cancellationToken);
    }

    /// <summary>As above, where the archive was read a moment ago by whoever wrote it.</summary>
    public VerifyResult OfFiles(BundleFiles files, ArchiveReading reading, CancellationToken cancellationToken) =>
        Of(files, reading, reading.Pieces, cancellationToken);

    private VerifyResult Of(
        BundleFiles files,
        ArchiveReading? reading,
        IReadOnlyList<ReadPiece> read,
        CancellationToken cancellationToken
    )
    {
        var signature = Signature(files);
        var found = new FilesCheck(files, Lines(files), _findings).Run(read, cancellationToken);
        if (files.IsFolder)
            HoldAgainstFolder(files, reading?.Inventory);
        return Result(files.Archive, reading) with { Files = found, SignedBy = signature?.SignedBy ?? [] };
    }

    /// <summary>An archive alone, from a stream: nobody signed it, and nothing says which one it should be.</summary>
    public async Task<VerifyResult> OfStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        const string Name = "standard input";
        Unsigned(Name);
        var piece = new PackedPiece(Name, Length: null, () => stream);
        return Result(Name, await ArchiveReading.RunAsync(Name, [piece], cancellationToken));
    }

    private VerifyResult Result(string archive, ArchiveReading? reading)
    {
        // What cannot be read is said of the file already.
        _findings.AddRange((reading?.Findings ?? []).Where(finding => !_findings.Contains(finding)));
        var coupling = reading is { Manifest: { } manifest } ? Judge(manifest, reading.Inventory) : null;
        return new VerifyResult
        {
            Archive = archive,
            Files = [],
            SignedBy = [],
            Reading = reading,
            Coupling = coupling,
            Findings = _findings,
        };
    }

    private SignatureVerdict? Signature(BundleFiles files)
    {
        if (Small(files, BundleNames.Sums) is null)
        {
            Unsigned(Path.Combine(files.Folder, BundleNames.Sums));
            return null;
        }
        try
        {
            var verdict = SignatureCheck.Of(SignedSums.In(files.Folder), policy);
            _findings.AddRange(verdict.Findings);
            return verdict;
        }
        catch (ReleaseException exception)
        {
            _findings.AddRange(exception.Findings);
            return null;
        }
    }

    private void Unsigned(string path) =>
        _findings.Add(
            policy.AllowUnsigned
                ? Message.UnsignedAllowed(path, "there is no list of hashes that could be signed")
                : Message.SignatureMissing(path)
        );

    /// <summary>The list of hashes, or null where there is none that can be used.</summary>
    private ChecksumList? Lines(BundleFiles files)
    {
        if (Small(files, BundleNames.Sums) is not { } sums)
        {
            // Beside an archive that lies somewhere there need not be one.
            if (files.IsFolder)
                _findings.Add(Message.BundleFileMissing(BundleNames.Sums));
            return null;
        }
        try
        {
            var text = Encoding.UTF8.GetString(SmallFile.Read(sums, SignedFiles.LongestFile));
            if (ChecksumList.TryParse(text, out var list, out var reason))
                return list;
            _findings.Add(Message.SumsMalformed(reason));
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            _findings.Add(Message.BundleFileUnreadable(BundleNames.Sums, SmallFile.Reason(exception)));
        }
        return null;
    }

    /// <summary>The path of a file beside the archive; what is empty may be a pipe, and is never opened.</summary>
    private static string? Small(BundleFiles files, string name) =>
        files.Beside(name) is { IsRegular: true } file && new FileInfo(file.Path).Length > 0 ? file.Path : null;

    /// <summary>What follows from the inventory of an archive for the files around it.</summary>
    private void HoldAgainstFolder(BundleFiles files, Inventory? inventory)
    {
        if (inventory is null)
            return;
        var name =
            BundleNames.Of(inventory.Name, inventory.Version, inventory.Platform) + inventory.Compression.Kind.Ending();
        if (files.Archive != name)
            _findings.Add(Message.InventoryDiffers("the archive", name, files.Archive));
        if (!IsBeside(files, inventory.ToBytes()))
            _findings.Add(Message.InventoryDiffers(BundleNames.Inventory, "what is in the archive", "something else"));
    }

    private static bool IsBeside(BundleFiles files, byte[] inventory)
    {
        try
        {
            return Small(files, BundleNames.Inventory) is { } path
                && SmallFile.Read(path, inventory.Length).AsSpan().SequenceEqual(inventory);
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            return false;
        }
    }

    /// <summary>Judges the manifest anew; what was accepted is let pass, exactly that and of exactly that.</summary>
    private CouplingReport Judge(ReleaseManifest manifest, Inventory? inventory)
    {
        var report = builder.Judge(manifest);
        var accepted = (inventory?.Accepted ?? []).Select(one => (one.Code, one.Subject)).ToHashSet();
        _findings.AddRange(report.Reasons.Where(finding => !accepted.Contains((finding.Code, finding.Subject))));
        return report;
    }
}
