namespace InfoMetis.Release.Oci;

/// <summary>The manifests that one image has, mostly one for each platform.</summary>
public sealed record ImageIndex
{
    private const string ReferenceType = "vnd.docker.reference.type";
    private const string ReferenceDigest = "vnd.docker.reference.digest";

    public required string MediaType { get; init; }
    public required IReadOnlyList<Descriptor> Manifests { get; init; }
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <param name="subject">What to call the document where it is malformed: its digest, or its file.</param>
    public static ImageIndex Parse(ReadOnlyMemory<byte> json, string subject) =>
        DocumentObject.Read(
            json,
            subject,
            root =>
            {
                if (ImageDocument.MediaTypeOf(root) is var mediaType && !MediaTypes.IsIndex(mediaType))
                    throw root.Malformed($"it is {mediaType} where an index is expected");
                return new ImageIndex
                {
                    MediaType = mediaType,
                    Manifests = DescriptorReader.All(root.RequiredObjects("manifests")),
                    Annotations = root.TextMap("annotations"),
                };
            }
        );

    /// <summary>The platforms it has manifests for, in its order.</summary>
    public IEnumerable<Platform> Platforms =>
        Manifests.Where(m => m.Platform is not null).Select(m => m.Platform!).Distinct();

    /// <summary>The manifests for some platforms, and the attestations that speak of them.</summary>
    public IReadOnlyList<Descriptor> For(IReadOnlyCollection<Platform> platforms)
    {
        var kept = Manifests
            .Where(m => m.Platform is { } platform && platforms.Contains(platform))
            .Select(m => m.Digest.ToString())
            .ToHashSet(StringComparer.Ordinal);
        return [.. Manifests.Where(m => kept.Contains(m.Digest.ToString()) || SpeaksOf(m, kept))];
    }

    private static bool SpeaksOf(Descriptor manifest, HashSet<string> kept) =>
        manifest.Annotations.ContainsKey(ReferenceType)
        && manifest.Annotations.TryGetValue(ReferenceDigest, out var digest)
        && kept.Contains(digest);
}
