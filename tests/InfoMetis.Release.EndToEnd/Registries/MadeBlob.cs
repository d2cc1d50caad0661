using InfoMetis.Release.Oci;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>Some content of an image, as it is pushed.</summary>
internal sealed record MadeBlob(string MediaType, byte[] Bytes)
{
    public Digest Digest { get; } = Digest.Of(Bytes);
}

/// <summary>A layer, and the digest of the tar that it is a compressed form of.</summary>
internal sealed record MadeLayer(MadeBlob Blob, Digest Tar);

/// <summary>A manifest or an index, with all that it refers to.</summary>
internal sealed record MadeImage(MadeBlob Root, string? Platform)
{
    public IReadOnlyList<MadeBlob> Blobs { get; init; } = [];

    public IReadOnlyList<MadeImage> Children { get; init; } = [];

    /// <summary>The manifest that this one attests to, where it is an attestation.</summary>
    public Digest? Attests { get; init; }

    /// <summary>The digests of all of it, or of what one platform needs.</summary>
    public IEnumerable<Digest> Digests(string? platform = null) =>
        Contents(platform).Select(blob => blob.Digest).Distinct();

    public long Size(string? platform = null) =>
        Contents(platform).DistinctBy(blob => blob.Digest).Sum(blob => (long)blob.Bytes.Length);

    private IEnumerable<MadeBlob> Contents(string? platform) =>
        [Root, .. Blobs, .. Kept(platform).SelectMany(child => child.Contents(platform: null))];

    private IEnumerable<MadeImage> Kept(string? platform)
    {
        var kept = Children.Where(child => platform is null || child.Platform == platform).ToList();
        var digests = kept.Select(child => child.Root.Digest).ToHashSet();
        return Children.Where(child => kept.Contains(child) || (child.Attests is { } of && digests.Contains(of)));
    }
}
