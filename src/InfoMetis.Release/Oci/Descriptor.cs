namespace InfoMetis.Release.Oci;

/// <summary>What a document says of a piece of content before it is fetched: its kind, digest and exact size.</summary>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    public Platform? Platform { get; init; }

    /// <summary>In the order of the document; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
