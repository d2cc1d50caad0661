using InfoMetis.Release.Manifests;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>All that goes into a bundle, judged and pulled before.</summary>
public sealed record BundleContents
{
    public required ReleaseManifest Manifest { get; init; }

    /// <summary>The file of the manifest, byte for byte.</summary>
    public required ReadOnlyMemory<byte> ManifestBytes { get; init; }
    public required Platform Platform { get; init; }

    /// <summary>In the order of the manifest.</summary>
    public required IReadOnlyList<BundledImage> Images { get; init; }

    /// <summary>Where the content of the images is read from; what comes from there is verified in the archive.</summary>
    public required IImageSource Content { get; init; }

    /// <summary>What the gate found, as JSON.</summary>
    public required ReadOnlyMemory<byte> Coupling { get; init; }

    /// <summary>The k0s release that the images were judged against.</summary>
    public required K0sVersion K0s { get; init; }
    public required IReadOnlyList<AcceptedFinding> Accepted { get; init; }

    /// <summary>Pages to read where there is no network.</summary>
    public required IReadOnlyList<TextPage> Docs { get; init; }

    /// <summary>The <c>files:</c> of the manifest.</summary>
    internal IReadOnlyList<BundledFile> Files { get; init; } = [];

    /// <summary>The version of imrel that makes the bundle.</summary>
    public required string Tool { get; init; }

    /// <summary>Indexes, manifests and configurations of all images, each once, by digest.</summary>
    internal IReadOnlyList<Descriptor> Documents => Each(Images.SelectMany(image => image.Documents));

    /// <summary>Everything else that images consist of, each once, by digest.</summary>
    internal IReadOnlyList<Descriptor> Blobs
    {
        get
        {
            var documents = Images.SelectMany(image => image.Documents).Select(one => one.Digest).ToHashSet();
            return Each(Images.SelectMany(image => image.Blobs).Where(blob => !documents.Contains(blob.Digest)));
        }
    }

    private static IReadOnlyList<Descriptor> Each(IEnumerable<Descriptor> content) =>
        [.. content.DistinctBy(one => one.Digest).OrderBy(one => one.Digest.Hex, StringComparer.Ordinal)];
}

/// <param name="Name">Of the file.</param>
public sealed record TextPage(string Name, ReadOnlyMemory<byte> Bytes);
