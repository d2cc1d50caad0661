using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>Decides whether the images of a release fit together and fit a k0s release.</summary>
public sealed class CouplingGate(CouplingRules rules, K0sCatalog catalog)
{
    /// <param name="other">Another k0s release to judge by than the one the manifest names.</param>
    /// <param name="today">Judges ended support by this day too, where it is given.</param>
    public CouplingReport Judge(ReleaseManifest manifest, K0sVersion? other, DateOnly? today)
    {
        var findings = new List<Finding>();
        var k0s = other ?? manifest.K0s;
        var release = catalog.Find(k0s, findings);
        if (release is null && findings.Count == 0)
        {
            var nearest = catalog.NearestTo(k0s);
            findings.Add(
                Message.UnknownK0sRelease(other is null ? manifest.K0sPlace : null, k0s.ToString(), nearest?.ToString())
            );
        }
        var verdicts = Judge(new Judgement(manifest, k0s, release, today));
        findings.AddRange(verdicts.Select(verdict => verdict.Finding).OfType<Finding>());
        return new CouplingReport(manifest, k0s, release, verdicts, findings);
    }

    /// <summary>The manifest against every k0s release there is, in ascending order.</summary>
    public IEnumerable<CouplingReport> Matrix(ReleaseManifest manifest)
    {
        var findings = new List<Finding>();
        var versions = catalog.Versions(findings) ?? throw new ReleaseException(findings);
        return versions.Select(version => Judge(manifest, version, today: null));
    }

    private IReadOnlyList<Verdict> Judge(Judgement judgement)
    {
        foreach (var rule in rules.All)
            rule.Judge(judgement);
        return judgement.Verdicts;
    }
}
