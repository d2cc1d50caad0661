using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>What is to be pinned, and for whom it must be there.</summary>
public sealed record PinOptions
{
    /// <summary>Ask for images that are pinned, too.</summary>
    public bool Update { get; init; }

    /// <summary>What each image must be there for; empty means the platforms of the manifest.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];
}
