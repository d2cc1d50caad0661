using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Oci;

/// <summary>What indexes, manifests and configurations have in common: they are small, and they refer to other content.</summary>
public static class ImageDocument
{
    public const int LargestSize = 4 << 20;

    private const int SchemaVersion = 2;

    /// <summary>Reads a whole document from a source that nobody has verified yet.</summary>
    public static async Task<byte[]> ReadAsync(Stream content, Descriptor expected, CancellationToken cancellationToken)
    {
        if (expected.Size > LargestSize)
            throw new ReleaseException(
                Message.DocumentTooLarge(expected.Digest.ToString(), expected.Size, LargestSize)
            );
        using var verified = new VerifyingStream(content, expected);
        // One byte more than declared, so that the stream is read to its end and judges it.
        var bytes = new byte[expected.Size + 1];
        var length = await verified.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes[..length];
    }

    /// <summary>What a document directly refers to: the manifests of an index, the configuration and layers of a manifest.</summary>
    public static IReadOnlyList<Descriptor> Children(Descriptor document, ReadOnlyMemory<byte> json)
    {
        var subject = document.Digest.ToString();
        var isIndex = MediaTypes.IsIndex(document.MediaType);
        if (!isIndex && !MediaTypes.IsManifest(document.MediaType))
            return [];
        var mediaType = MediaTypeOf(json, subject);
        if (mediaType != document.MediaType)
            throw new ReleaseException(
                Message.DocumentMalformed(subject, $"it is {mediaType}, and {document.MediaType} was announced")
            );
        if (isIndex)
            return ImageIndex.Parse(json, subject).Manifests;
        var manifest = ImageManifest.Parse(json, subject);
        return [manifest.Config, .. manifest.Layers];
    }

    /// <summary>The media type of an index or manifest, by its own word and shape.</summary>
    public static string MediaTypeOf(ReadOnlyMemory<byte> json, string subject) =>
        DocumentObject.Read(json, subject, MediaTypeOf);

    internal static string MediaTypeOf(DocumentObject root)
    {
        var schema = root.RequiredNumber("schemaVersion");
        if (schema != SchemaVersion)
            throw root.Malformed($"it has schema version {schema}, and only {SchemaVersion} is read");
        // A document that is both would be read as either, by whoever fetches it (CVE-2021-41190).
        var (isIndex, isManifest) = (root.Has("manifests"), root.Has("layers") || root.Has("config"));
        if (isIndex == isManifest)
            throw root.Malformed("it must have either 'manifests' or 'layers'");
        var mediaType = root.Text("mediaType") ?? (isIndex ? MediaTypes.OciIndex : MediaTypes.OciManifest);
        if (isIndex ? !MediaTypes.IsIndex(mediaType) : !MediaTypes.IsManifest(mediaType))
            throw root.Malformed($"its media type '{mediaType}' does not fit its shape");
        return mediaType;
    }
}
