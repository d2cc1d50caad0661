using InfoMetis.Release.Manifests;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Coupling;

/// <summary>What one k0s release embeds, and which images it deploys.</summary>
public sealed record K0sRelease
{
    public required K0sVersion Version { get; init; }

    /// <summary>The Kubernetes inside: what the catalogue says of it counts, for k0s has once named a release after another.</summary>
    public string Kubernetes
    {
        get
        {
            foreach (var (name, version) in Components)
            {
                if (name == "kubernetes")
                    return version;
            }
            return Version.Kubernetes;
        }
    }

    /// <summary>Name and version of each program inside k0s, in the order of the catalogue.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Components { get; init; }

    /// <summary>What a default installation on Linux deploys.</summary>
    public required IReadOnlyList<K0sImage> Images { get; init; }

    /// <summary>What it deploys when a feature is switched on.</summary>
    public required IReadOnlyList<K0sImage> Optional { get; init; }
}

public sealed record K0sImage(string Name, ImageReference Reference);
