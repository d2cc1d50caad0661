using System.Collections.Concurrent;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Finds what a release is made of. The documents of images are read to that end, from the store where it has them.
/// </summary>
internal sealed class ContentPlanner(ContentStore store, IReadOnlyList<Platform> platforms)
{
    private readonly Dictionary<Digest, long> _partial = store
        .Partials()
        .ToDictionary(blob => blob.Digest, blob => blob.Size);
    private readonly ConcurrentDictionary<Digest, PlannedBlob> _blobs = new();

    public async Task<PlannedImage> PlanAsync(
        ReleaseImage image,
        IImageSupply supply,
        CancellationToken cancellationToken
    )
    {
        var walk = new ImageWalk(this, image, platforms, supply);
        var root = await walk.DocumentAsync(image.Reference.Digest!.Value, cancellationToken);
        await walk.FollowAsync(root, level: 0, cancellationToken);
        return new PlannedImage(image, walk.Documents, walk.Blobs);
    }

    public async Task<PlannedFile> PlanAsync(ReleaseFile file, IFileSupply supply, CancellationToken cancellationToken)
    {
        var content =
            await store.FindAsync(file.Sha256, cancellationToken)
            ?? await supply.DescribeAsync(file.Sha256, cancellationToken);
        return new PlannedFile(file, await BlobAsync(content, supply, cancellationToken));
    }

    /// <summary>Images may share content and call it by different media types: each keeps its own.</summary>
    private async Task<PlannedBlob> BlobAsync(Descriptor content, ISupply supply, CancellationToken cancellationToken)
    {
        var shared = await SharedBlobAsync(content, supply, cancellationToken);
        return shared.Content.MediaType == content.MediaType
            ? shared
            : shared with
            {
                Content = shared.Content with { MediaType = content.MediaType },
            };
    }

    private async Task<PlannedBlob> SharedBlobAsync(
        Descriptor content,
        ISupply supply,
        CancellationToken cancellationToken
    )
    {
        if (_blobs.TryGetValue(content.Digest, out var known))
            return known;
        var isComplete = await store.ExistsAsync(content, cancellationToken);
        var partial = Math.Min(_partial.GetValueOrDefault(content.Digest), content.Size);
        return _blobs.GetOrAdd(
            content.Digest,
            new PlannedBlob
            {
                Content = content,
                IsComplete = isComplete,
                Here = isComplete ? content.Size : partial,
                Supply = supply,
            }
        );
    }

    /// <summary>One image, followed from its pin to its layers.</summary>
    private sealed class ImageWalk(
        ContentPlanner planner,
        ReleaseImage image,
        IReadOnlyList<Platform> platforms,
        IImageSupply supply
    )
    {
        private readonly HashSet<Digest> _seen = [];

        public List<ResolvedManifest> Documents { get; } = [];
        public List<PlannedBlob> Blobs { get; } = [];

        public async Task<ResolvedManifest> DocumentAsync(Digest digest, CancellationToken cancellationToken)
        {
            if (await planner.StoredAsync(digest, cancellationToken) is { } stored)
                return stored;
            return await supply.DocumentAsync(digest, cancellationToken);
        }

        /// <summary>Children are listed before the document itself, so that they also reach the store before it.</summary>
        public async Task FollowAsync(ResolvedManifest document, int level, CancellationToken cancellationToken)
        {
            if (level > GraphWalk.DeepestLevel)
                throw new ReleaseException(
                    Message.GraphTooLarge(image.Reference.ToString(), $"{GraphWalk.DeepestLevel} levels")
                );
            foreach (var child in Children(document, level))
            {
                // Also ends an index that names itself.
                if (!_seen.Add(child.Digest))
                    continue;
                if (!MediaTypes.IsIndex(child.MediaType) && !MediaTypes.IsManifest(child.MediaType))
                    Blobs.Add(await planner.BlobAsync(child, supply, cancellationToken));
                else
                    await FollowAsync(await ChildAsync(child, cancellationToken), level + 1, cancellationToken);
            }
            Documents.Add(document);
        }

        private async Task<ResolvedManifest> ChildAsync(Descriptor child, CancellationToken cancellationToken)
        {
            var document = await DocumentAsync(child.Digest, cancellationToken);
            return document.Descriptor.Size == child.Size
                ? document
                : throw new ReleaseException(
                    Message.DocumentMalformed(
                        child.Digest.ToString(),
                        $"it has {document.Descriptor.Size} bytes, and {child.Size} were announced"
                    )
                );
        }

        private IReadOnlyList<Descriptor> Children(ResolvedManifest document, int level)
        {
            if (!MediaTypes.IsIndex(document.Descriptor.MediaType))
                return ImageDocument.Children(document.Descriptor, document.Content);
            var index = ImageIndex.Parse(document.Content, document.Descriptor.Digest.ToString());
            // An index inside another was chosen for its platform already, as far as platforms go there at all.
            if (platforms.Count == 0 || level > 0)
                return index.Manifests;
            foreach (var platform in platforms)
            {
                if (!index.Platforms.Contains(platform))
                    throw new ReleaseException(
                        Message.PlatformLacking(
                            image.Place,
                            image.Name,
                            image.Reference.Tagged,
                            platform.ToString(),
                            string.Join(", ", index.Platforms)
                        )
                    );
            }
            return index.For(platforms);
        }
    }

    /// <summary>A document that the store holds; one that went bad there counts as absent, and is brought again.</summary>
    private async Task<ResolvedManifest?> StoredAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.DescribeAsync(digest, cancellationToken) is not { } descriptor)
                return null;
            await using var content = await store.FetchAsync(descriptor, cancellationToken);
            return new ResolvedManifest(
                descriptor,
                await ImageDocument.ReadAsync(content, descriptor, cancellationToken)
            );
        }
        catch (ReleaseException exception) when (ExitCodes.Of(exception.Finding.Code) is ExitCode.Integrity)
        {
            return null;
        }
    }
}
