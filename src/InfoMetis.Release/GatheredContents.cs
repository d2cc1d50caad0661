using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>Puts together what goes into a bundle, from what was judged and what was pulled.</summary>
internal static class GatheredContents
{
    /// <param name="files">Those that were not pulled.</param>
    /// <param name="content">The store that was pulled into.</param>
    public static BundleContents Of(
        JudgedRelease release,
        PullPlan plan,
        IReadOnlyList<BundledFile> files,
        IImageSource content,
        BundleRequest request
    ) =>
        new()
        {
            Manifest = release.Manifest,
            ManifestBytes = release.ManifestBytes,
            Platform = request.Platform,
            Images = [.. plan.Images.Select(ImageOf)],
            Files = [.. files, .. plan.Files.Select(file => FetchedFile(file, content))],
            Content = content,
            Coupling = release.Coupling,
            K0s = release.K0s,
            Accepted = release.Accepted,
            Docs = request.Docs,
            Tool = request.Tool,
        };

    private static BundledFile FetchedFile(PlannedFile planned, IImageSource content)
    {
        var (file, blob) = planned;
        return new BundledFile(
            file.Name,
            blob.Content.Size,
            file.Sha256,
            file.Mode,
            (offset, token) => content.FetchAsync(blob.Content, offset, token)
        );
    }

    /// <summary>Configurations are found through the manifests: by their media type they could be anything.</summary>
    private static BundledImage ImageOf(PlannedImage image)
    {
        var documents = image.Documents.Select(document => document.Descriptor).ToList();
        foreach (var document in image.Documents)
        {
            if (MediaTypes.IsManifest(document.Descriptor.MediaType))
                documents.Add(ImageManifest.Parse(document.Content, document.Descriptor.Digest.ToString()).Config);
        }
        var texts = documents.Select(document => document.Digest).ToHashSet();
        // A blob of several images may be called by several media types; whichever image was planned first must not decide.
        var called = image
            .Documents.SelectMany(document => ImageDocument.Children(document.Descriptor, document.Content))
            .DistinctBy(child => child.Digest)
            .ToDictionary(child => child.Digest);
        return new BundledImage(
            image.Image,
            image.Root,
            documents,
            [.. image.Blobs.Select(blob => called[blob.Content.Digest]).Where(blob => !texts.Contains(blob.Digest))]
        );
    }
}
