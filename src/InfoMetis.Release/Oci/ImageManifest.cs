namespace InfoMetis.Release.Oci;

/// <summary>One image for one platform: its configuration and its layers, lowest first.</summary>
public sealed record ImageManifest
{
    public required string MediaType { get; init; }
    public required Descriptor Config { get; init; }
    public required IReadOnlyList<Descriptor> Layers { get; init; }
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <param name="subject">What to call the document where it is malformed: its digest, or its file.</param>
    public static ImageManifest Parse(ReadOnlyMemory<byte> json, string subject) =>
        DocumentObject.Read(
            json,
            subject,
            root =>
            {
                if (ImageDocument.MediaTypeOf(root) is var mediaType && !MediaTypes.IsManifest(mediaType))
                    throw root.Malformed($"it is {mediaType} where a manifest is expected");
                return new ImageManifest
                {
                    MediaType = mediaType,
                    Config = DescriptorReader.One(root.RequiredObject("config")),
                    Layers = DescriptorReader.All(root.RequiredObjects("layers")),
                    Annotations = root.TextMap("annotations"),
                };
            }
        );
}
