using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>What a pull may be asked beyond the manifest itself.</summary>
public sealed record PullOptions
{
    public const int DefaultJobs = 8;

    /// <summary>Null for those of the manifest; empty for all that each image has.</summary>
    public IReadOnlyList<Platform>? Platforms { get; init; }

    /// <summary>Blobs on their way at a time.</summary>
    public int Jobs { get; init; } = DefaultJobs;
}
