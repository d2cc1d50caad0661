using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release;

/// <summary>What a bundle is asked to be, beyond its manifest.</summary>
public sealed record BundleRequest
{
    public required Platform Platform { get; init; }

    /// <summary>The folder that the folder of the bundle goes into.</summary>
    public required string Output { get; init; }
    public BundleOptions Options { get; init; } = new();

    /// <summary>Null for a bundle that nobody vouches for.</summary>
    public SigningKey? Key { get; init; }

    /// <summary>The version of imrel.</summary>
    public required string Tool { get; init; }

    /// <summary>Pages to read where there is no network.</summary>
    public required IReadOnlyList<TextPage> Docs { get; init; }
}
