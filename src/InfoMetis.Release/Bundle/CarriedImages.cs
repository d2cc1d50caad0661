using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Follows each image of a release through the documents in its bundle, and says what it needs that is not there.</summary>
internal sealed class CarriedImages(WalkedContent content, Platform platform, ICollection<Finding> findings)
{
    /// <summary>All that an image consists of; null where something lacks, which was said.</summary>
    public BundledImage? Follow(ReleaseImage image, Descriptor root)
    {
        var walk = new Walk(image.Name);
        walk.Seen.Add(root.Digest);
        try
        {
            Follow(walk, root, level: 0);
            return walk.IsComplete ? new BundledImage(image, root, walk.Documents, walk.Blobs) : null;
        }
        catch (ReleaseException exception)
        {
            findings.Add(
                Message.ImageIncomplete(image.Name, root.Digest.ToString(), $"leads nowhere: {exception.Message}")
            );
            return null;
        }
    }

    private void Follow(Walk walk, Descriptor document, int level)
    {
        if (level > GraphWalk.DeepestLevel || walk.Seen.Count > GraphWalk.MostNodes)
            throw new ReleaseException(
                Message.GraphTooLarge(document.Digest.ToString(), $"{GraphWalk.DeepestLevel} levels")
            );
        walk.Documents.Add(document);
        if (!IsHere(walk, document))
            return;
        var (config, children) = Children(document, level);
        // A configuration is one wherever else its bytes may serve as something else.
        if (config is not null)
        {
            walk.Documents.Add(config);
            if (walk.Seen.Add(config.Digest) && IsHere(walk, config))
                CheckPlatform(walk, config);
        }
        // What was seen is not followed again, which also ends an index that names itself.
        foreach (var child in children.Where(child => walk.Seen.Add(child.Digest)))
        {
            if (MediaTypes.IsIndex(child.MediaType) || MediaTypes.IsManifest(child.MediaType))
            {
                Follow(walk, child, level + 1);
                continue;
            }
            walk.Blobs.Add(child);
            IsHere(walk, child);
        }
    }

    private (Descriptor? Config, IReadOnlyList<Descriptor> Others) Children(Descriptor document, int level)
    {
        var json =
            content.Document(document.Digest)
            ?? throw new ReleaseException(
                Message.InventoryDiffers(document.Digest.ToString(), "another media type", document.MediaType)
            );
        var children = ImageDocument.Children(document, json);
        if (MediaTypes.IsManifest(document.MediaType))
            return (children[0], [.. children.Skip(1)]);
        // An index inside another was chosen for its platform already.
        if (level > 0)
            return (null, children);
        var index = ImageIndex.Parse(json, document.Digest.ToString());
        return index.Platforms.Contains(platform)
            ? (null, index.For([platform]))
            : throw new ReleaseException(
                Message.DocumentMalformed(document.Digest.ToString(), $"it has nothing for {platform}")
            );
    }

    private bool IsHere(Walk walk, Descriptor needed)
    {
        var isHere = content.Blobs.TryGetValue(needed.Digest, out var blob);
        if (isHere && blob.Size == needed.Size)
            return true;
        walk.IsComplete = false;
        findings.Add(
            Message.ImageIncomplete(
                walk.Image,
                needed.Digest.ToString(),
                isHere
                    ? $"has {blob.Size:N0} bytes, and {needed.Size:N0} are needed"
                    : "is not in images.tar, or damaged"
            )
        );
        return false;
    }

    private void CheckPlatform(Walk walk, Descriptor config)
    {
        if (!MediaTypes.IsImageConfig(config.MediaType) || content.Document(config.Digest) is not { } json)
            return;
        var said = ImageConfig.Parse(json, config.Digest.ToString()).Platform;
        if (Platform.TryParse(said, out var its) && its != platform)
            findings.Add(
                Message.ImageIncomplete(walk.Image, config.Digest.ToString(), $"is for {its}, not for {platform}")
            );
    }

    /// <summary>One image, and what was found of it.</summary>
    private sealed record Walk(string Image)
    {
        public bool IsComplete { get; set; } = true;
        public HashSet<Digest> Seen { get; } = [];
        public List<Descriptor> Documents { get; } = [];
        public List<Descriptor> Blobs { get; } = [];
    }
}
