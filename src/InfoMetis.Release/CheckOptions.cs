using InfoMetis.Release.Manifests;

namespace InfoMetis.Release;

/// <summary>What a check may be asked beyond the manifest itself.</summary>
public sealed record CheckOptions
{
    /// <summary>Judge by this k0s release instead of the one the manifest names.</summary>
    public K0sVersion? K0s { get; init; }

    /// <summary>Judge ended support by this day too.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Kubernetes YAML to compare with the release: files or folders.</summary>
    public IReadOnlyList<string> Deployed { get; init; } = [];
}
