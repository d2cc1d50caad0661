using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>What a check of some manifests found: everything about each of them, in the order they were named.</summary>
public sealed record CheckResult(IReadOnlyList<CheckedManifest> Manifests)
{
    public IEnumerable<Finding> Findings => Manifests.SelectMany(manifest => manifest.Findings);
}

/// <param name="Manifest">Null where the file could not be read as one.</param>
/// <param name="Coupling">Null where it could not be judged.</param>
public sealed record CheckedManifest(
    string File,
    ReleaseManifest? Manifest,
    CouplingReport? Coupling,
    IReadOnlyList<Finding> Findings
)
{
    /// <summary>The gravest of what was said of an image, or null.</summary>
    public Finding? GravestOf(ReleaseImage image)
    {
        Finding? gravest = null;
        foreach (var finding in Findings)
        {
            if (ReferenceEquals(finding.Place, image.Place) && (gravest is null || finding.Severity > gravest.Severity))
                gravest = finding;
        }
        return gravest;
    }
}
