namespace InfoMetis.Release.Oci;

/// <summary>Reads the descriptors that documents refer to each other by.</summary>
internal static class DescriptorReader
{
    public static IReadOnlyList<Descriptor> All(IReadOnlyList<DocumentObject> items) => [.. items.Select(One)];

    public static Descriptor One(DocumentObject item)
    {
        var digest = item.RequiredText("digest");
        if (!Digest.TryParse(digest, out var parsed, out var reason))
            throw item.Malformed($"'{digest}' is not a digest: {reason}");
        return new Descriptor(item.RequiredText("mediaType"), parsed, item.RequiredNumber("size"))
        {
            Platform = item.Object("platform") is { } platform ? Known(platform) : null,
            Annotations = item.TextMap("annotations"),
        };
    }

    /// <summary>As written: <c>os/architecture</c> and the variant where there is one.</summary>
    public static string? Text(DocumentObject platform)
    {
        var (system, architecture) = (platform.Text("os"), platform.Text("architecture"));
        if (system is null || architecture is null)
            return null;
        return platform.Text("variant") is { Length: > 0 } variant
            ? $"{system}/{architecture}/{variant}"
            : $"{system}/{architecture}";
    }

    /// <summary>Null where the platform is none that a release can be made for, such as that of an attestation.</summary>
    private static Platform? Known(DocumentObject platform) =>
        Platform.TryParse(Text(platform), out var known) ? known : null;
}
