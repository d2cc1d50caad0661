using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release;

/// <summary>The story of a release, from its manifest to the proof that its images fit.</summary>
public sealed class ReleaseBuilder(BomFolder bom)
{
    /// <summary>Reads the manifests and judges each; nothing found in one keeps the others from being judged.</summary>
    public CheckResult Check(IReadOnlyList<string> files, CheckOptions options)
    {
        var gate = Gate();
        return new CheckResult([.. files.Select(file => Check(file, gate, options))]);
    }

    /// <summary>The manifest against every k0s release of the catalogue.</summary>
    public IReadOnlyList<CouplingReport> Matrix(string file)
    {
        var findings = new List<Finding>();
        var manifest = ManifestReader.Read(file, findings);
        return manifest is null ? throw new ReleaseException(findings) : [.. Gate().Matrix(manifest)];
    }

    private static CheckedManifest Check(string file, CouplingGate gate, CheckOptions options)
    {
        var findings = new List<Finding>();
        if (ManifestReader.Read(file, findings) is not { } manifest)
            return new CheckedManifest(file, Manifest: null, Coupling: null, findings);
        var coupling = gate.Judge(manifest, options.K0s, options.Today);
        findings.AddRange(coupling.Findings);
        return new CheckedManifest(file, manifest, coupling, findings);
    }

    /// <summary>Rules that cannot be read judge nobody: a gate with a hole is worse than none.</summary>
    private CouplingGate Gate()
    {
        var findings = new List<Finding>();
        var rules = bom.Rules(findings);
        var catalog = bom.Catalog(findings);
        return rules is null || catalog is null
            ? throw new ReleaseException(findings)
            : new CouplingGate(rules, catalog);
    }
}
