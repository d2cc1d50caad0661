using System.Text;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Install;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release;

/// <summary>
/// Checks a receipt that came back from a host: whether it is one, whether it contradicts itself, whether by its own words all was
/// proved, and whether it speaks of the bundle that is here.
/// </summary>
public sealed class ReleaseReceipt(string file)
{
    /// <summary>The receipt by itself.</summary>
    public CheckedReceipt Alone()
    {
        var findings = new List<Finding>();
        var receipt = Read(findings);
        if (receipt is not null)
        {
            findings.AddRange(Contradictions(receipt));
            findings.AddRange(ReceiptCheck.Of(file, receipt));
        }
        return new CheckedReceipt(file, receipt, findings) { Bundle = null, Differences = [] };
    }

    /// <summary>As above, and held against a bundle that was just verified.</summary>
    public CheckedReceipt Against(BundleFiles files, VerifyResult bundle)
    {
        var alone = Alone();
        var differences = alone.Receipt is { } receipt
            ? new ReceiptComparison(receipt, files, bundle).Differences()
            : [];
        return alone with { Bundle = bundle, Differences = differences };
    }

    private Receipt? Read(List<Finding> findings)
    {
        try
        {
            return ReceiptReader.Parse(file, SmallFile.Read(file, ReceiptReader.LargestReceipt));
        }
        catch (ReleaseException exception)
        {
            findings.AddRange(exception.Findings);
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            findings.Add(Message.ReceiptMalformed(file, SmallFile.Reason(exception)));
        }
        return null;
    }

    /// <summary>What it says twice and differently: its list of files has a hash of its own, and some files are named by it, too.</summary>
    private IEnumerable<Finding> Contradictions(Receipt receipt)
    {
        var bundle = receipt.Bundle;
        var sums = ChecksumList.Of(bundle.Files.Select(listed => new Checksum(listed.Sha256, listed.Name)));
        if (bundle.Sums is { } hash && hash != Digest.Of(Encoding.ASCII.GetBytes(sums.ToString())))
            yield return Message.ReceiptMalformed(
                file,
                $"its files are not those of a {BundleNames.Sums} with its hash"
            );
        var listed = bundle.Files.ToDictionary(one => one.Name, one => one.Sha256, StringComparer.Ordinal);
        foreach (
            var (name, said) in new[] { (BundleNames.Script, bundle.Script), (BundleNames.Inventory, bundle.Inventory) }
        )
        {
            if (said is not null && listed.GetValueOrDefault(name) != said)
                yield return Message.ReceiptMalformed(file, $"it has two hashes of {name}");
        }
    }
}

/// <summary>All that was found of a receipt.</summary>
/// <param name="Receipt">Null where the file is none.</param>
/// <param name="Findings">Of the receipt by itself.</param>
public sealed record CheckedReceipt(string File, Receipt? Receipt, IReadOnlyList<Finding> Findings)
{
    /// <summary>The bundle that it was held against; null where none was named.</summary>
    public required VerifyResult? Bundle { get; init; }

    /// <summary>Where the two do not agree.</summary>
    public required IReadOnlyList<Finding> Differences { get; init; }

    public IEnumerable<Finding> All => [.. Bundle?.Findings ?? [], .. Findings, .. Differences];

    public bool IsProof => All.All(finding => finding.Severity is not Severity.Error);
}
