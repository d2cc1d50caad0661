using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>All that the gate said of one manifest, judged by one k0s release.</summary>
/// <param name="Release">Null where the catalogue does not know the k0s release.</param>
public sealed record CouplingReport(
    ReleaseManifest Manifest,
    K0sVersion K0s,
    K0sRelease? Release,
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<Finding> Findings
)
{
    public string Kubernetes => Release?.Kubernetes ?? K0s.Kubernetes;

    public bool Fits => Reasons.Count == 0;

    /// <summary>Why the release does not fit, the first reason first.</summary>
    public IReadOnlyList<Finding> Reasons => [.. Findings.Where(finding => finding.Severity is Severity.Error)];
}
