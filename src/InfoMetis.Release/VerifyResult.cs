using InfoMetis.Release.Bundle;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>What a verification looks at, in its order.</summary>
public enum VerifyStep
{
    Signature,
    Files,
    Archive,
    Content,
    Images,
    Inventory,
    Coupling,
}

/// <summary>All that was found of a bundle.</summary>
public sealed record VerifyResult
{
    /// <summary>What was verified, as people call it.</summary>
    public required string Archive { get; init; }

    /// <summary>Each file of the bundle; by name.</summary>
    public required IReadOnlyList<CheckedFile> Files { get; init; }

    /// <summary>The fingerprints of the trusted keys that signed it.</summary>
    public required IReadOnlyList<Digest> SignedBy { get; init; }

    /// <summary>Null where the archive is not all here.</summary>
    public required ArchiveReading? Reading { get; init; }

    /// <summary>Null where there is no manifest to judge.</summary>
    public required CouplingReport? Coupling { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    public bool IsSound => Findings.All(finding => finding.Severity is not Severity.Error);

    /// <summary>What should be copied once more; of files that are good there is no need to.</summary>
    public IEnumerable<string> CopyAgain =>
        Files.Where(file => file.State is FileState.Damaged or FileState.Missing).Select(file => file.Name);

    /// <summary>Whether a step was taken to its end: without the archive, its content was not looked at.</summary>
    public bool WasTaken(VerifyStep step) =>
        step switch
        {
            VerifyStep.Signature or VerifyStep.Files => true,
            VerifyStep.Archive => Reading is not null,
            VerifyStep.Coupling => Coupling is not null,
            _ => Reading is { IsWhole: true },
        };

    public IEnumerable<Finding> ErrorsOf(VerifyStep step) =>
        Findings.Where(finding => finding.Severity is Severity.Error && StepOf(finding.Code) == step);

    private static VerifyStep StepOf(string code) =>
        code switch
        {
            Codes.SumsMalformed
            or Codes.BundleFileMissing
            or Codes.BundleFileDamaged
            or Codes.BundleFileSurplus
            or Codes.BundleFileUnreadable
            or Codes.PartSize => VerifyStep.Files,
            Codes.MemberDamaged => VerifyStep.Content,
            Codes.ImageIncomplete or Codes.BlobSurplus => VerifyStep.Images,
            Codes.InventoryDiffers => VerifyStep.Inventory,
            _ => ExitCodes.Of(code) switch
            {
                ExitCode.SignatureNotTrusted => VerifyStep.Signature,
                ExitCode.CouplingRefused or ExitCode.ManifestInvalid => VerifyStep.Coupling,
                _ => VerifyStep.Archive,
            },
        };
}
