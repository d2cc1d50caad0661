namespace InfoMetis.Release.Oci;

/// <summary>What an image says of itself: where it runs, and the words its publisher put on it.</summary>
public sealed record ImageConfig
{
    /// <summary>As written, <c>os/architecture</c> and a variant; null where an artifact has none.</summary>
    public string? Platform { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary><c>NAME=value</c>, in the order of the document.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>The digests of the layers before they were compressed, lowest first.</summary>
    public required IReadOnlyList<string> DiffIds { get; init; }

    /// <param name="subject">What to call the document where it is malformed: its digest, or its file.</param>
    public static ImageConfig Parse(ReadOnlyMemory<byte> json, string subject) =>
        DocumentObject.Read(
            json,
            subject,
            root => new ImageConfig
            {
                Platform = DescriptorReader.Text(root),
                Labels = root.Object("config")?.TextMap("Labels") ?? new Dictionary<string, string>(),
                Environment = root.Object("config")?.Texts("Env") ?? [],
                DiffIds = root.Object("rootfs")?.Texts("diff_ids") ?? [],
            }
        );
}
