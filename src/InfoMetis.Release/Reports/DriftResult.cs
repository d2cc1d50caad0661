using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Reports;

/// <summary>How the pins of some manifests stand to what their registries hold now, in the order they were named.</summary>
public sealed record DriftResult(IReadOnlyList<ManifestDrift> Manifests)
{
    public IEnumerable<Finding> Findings => Manifests.SelectMany(manifest => manifest.Findings);
}

/// <param name="Manifest">Null where the file could not be read as one.</param>
public sealed record ManifestDrift(
    string File,
    ReleaseManifest? Manifest,
    IReadOnlyList<ImageDrift> Images,
    IReadOnlyList<Finding> Findings
)
{
    public int Count(DriftStatus status) => Images.Count(image => image.Status == status);
}

public enum DriftStatus
{
    Same,
    Drifted,

    /// <summary>Not everything could be asked; what was seen to have drifted is told all the same.</summary>
    Unknown,
    Unpinned,
}

/// <param name="Now">What is there now; null where nothing is pinned.</param>
public sealed record ImageDrift(ReleaseImage Image, DriftStatus Status, Upstream? Now)
{
    public static ImageDrift Of(ReleaseImage image, Upstream? now) =>
        new(
            image,
            now is null ? DriftStatus.Unpinned
                : now.Failures.Count > 0 ? DriftStatus.Unknown
                : now.PinExists is false || now.TagDigest != image.Reference.Digest ? DriftStatus.Drifted
                : DriftStatus.Same,
            now
        );
}

/// <summary>What a registry said of a pinned image, as far as it could be asked.</summary>
public sealed record Upstream
{
    /// <summary>Null where it is not known.</summary>
    public bool? PinExists { get; init; }

    /// <summary>Null where it is not known, or where the tag is gone.</summary>
    public Digest? TagDigest { get; init; }

    public bool TagIsGone { get; init; }

    /// <summary>Platforms of what the tag names now that what is pinned has not, and the other way round.</summary>
    public IReadOnlyList<Platform> Gained { get; init; } = [];
    public IReadOnlyList<Platform> Lost { get; init; } = [];

    /// <summary>Why it could not be asked further.</summary>
    public IReadOnlyList<Finding> Failures { get; init; } = [];
}
