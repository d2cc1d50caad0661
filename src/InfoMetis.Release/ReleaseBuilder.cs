using InfoMetis.Release.Coupling;
using InfoMetis.Release.Deployment;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release;

/// <summary>The story of a release, from its manifest to the proof that its images fit.</summary>
public sealed class ReleaseBuilder
{
    private readonly BomFolder _bom;
    private readonly Task<CouplingGate> _gate;

    /// <summary>Starts to read what manifests are judged by, on another core: it takes as long as all that comes before it.</summary>
    public ReleaseBuilder(BomFolder bom)
    {
        _bom = bom;
        _gate = Task.Factory.StartNew(
            () => Read(bom),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    private CouplingGate Gate => _gate.GetAwaiter().GetResult();

    /// <summary>Reads the manifests and judges each; nothing found in one keeps the others from being judged.</summary>
    public CheckResult Check(IReadOnlyList<string> files, CheckOptions options) =>
        new([.. files.Select(file => Check(file, options))]);

    /// <summary>A manifest that was read already.</summary>
    public CouplingReport Judge(ReleaseManifest manifest) => Gate.Judge(manifest, other: null, today: null);

    /// <summary>The manifest against every k0s release of the catalogue.</summary>
    public IReadOnlyList<CouplingReport> Matrix(string file)
    {
        var findings = new List<Finding>();
        var manifest = ManifestReader.Read(file, findings) ?? throw new ReleaseException(findings);
        return [.. Gate.Matrix(manifest)];
    }

    /// <summary>As <see cref="Check(IReadOnlyList{string}, CheckOptions)"/>, for a manifest in hand.</summary>
    /// <param name="name">What findings call the file.</param>
    public CheckedManifest Check(string name, string text, CheckOptions options)
    {
        var findings = new List<Finding>();
        return Judge(name, ManifestReader.Parse(name, text, findings), findings, options);
    }

    private CheckedManifest Check(string file, CheckOptions options)
    {
        var findings = new List<Finding>();
        return Judge(file, ManifestReader.Read(file, findings), findings, options);
    }

    private CheckedManifest Judge(string file, ReleaseManifest? manifest, List<Finding> findings, CheckOptions options)
    {
        if (manifest is null)
            return new CheckedManifest(file, Manifest: null, Coupling: null, findings);
        var coupling = Gate.Judge(manifest, options.K0s, options.Today);
        findings.AddRange(coupling.Findings);
        if (options.Deployed.Count > 0)
            DeploymentCheck.Check(manifest, coupling.Kubernetes, options.Deployed, ServedApis(), findings);
        return new CheckedManifest(file, manifest, coupling, findings);
    }

    private ServedApis ServedApis()
    {
        var findings = new List<Finding>();
        var text = _bom.Text(BomFolder.ServedApisFile, findings) ?? throw new ReleaseException(findings);
        var apis = Deployment.ServedApis.Read(_bom.NameOf(BomFolder.ServedApisFile), text, findings);
        return findings.Count == 0 ? apis : throw new ReleaseException(findings);
    }

    /// <summary>Rules that cannot be read judge nobody: a gate with a hole is worse than none.</summary>
    private static CouplingGate Read(BomFolder bom)
    {
        var findings = new List<Finding>();
        var rules = bom.Rules(findings);
        var catalog = bom.Catalog(findings);
        return rules is null || catalog is null
            ? throw new ReleaseException(findings)
            : new CouplingGate(rules, catalog);
    }
}
