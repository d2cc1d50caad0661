namespace InfoMetis.Release;

/// <summary>What a push may be asked beyond what and where.</summary>
public sealed record PushOptions
{
    /// <summary>Blobs on their way at a time.</summary>
    public int Jobs { get; init; } = PullOptions.DefaultJobs;

    /// <summary>
    /// Where a registry refuses an index of which manifests are missing, the manifest of the one platform that is carried stands
    /// in for it.
    /// </summary>
    public bool PlatformOnly { get; init; }
}
