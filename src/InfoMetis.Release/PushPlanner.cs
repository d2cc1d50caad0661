using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>Finds what images are made of, by the word of their own documents, and what of it a registry has.</summary>
internal sealed class PushPlanner(PushSource source, PushDestination destination, RegistryClient registries, int jobs)
{
    public async Task<PushPlan> PlanAsync(IReadOnlyList<SourceImage> images, CancellationToken cancellationToken)
    {
        var collisions = Collisions(images);
        if (collisions.Count > 0)
            throw new ReleaseException(collisions);
        var repositories = images
            .Select(image => destination.Of(image.Reference))
            .DistinctBy(target => target.Name)
            .ToDictionary(target => target.Name, registries.Target);
        var (planned, unplanned) = await Independent.EachAsync<SourceImage, PlannedPush>(
            images,
            jobs,
            (image, failure) => failure with { Subject = image.Name },
            async (image, token) =>
            {
                var target = destination.Of(image.Reference);
                var walk = new PushWalk(source);
                await walk.FollowAsync(image.Root, level: 0, token);
                return new PlannedPush(
                    image,
                    target,
                    repositories[target.Name],
                    walk.Documents,
                    walk.Blobs,
                    walk.LeftOut
                );
            },
            cancellationToken
        );
        var wanted = planned
            .SelectMany(image => image.Blobs.Select(blob => (image, blob)))
            .ToLookup(pair => pair.blob.Digest);
        var (blobs, unasked) = await Independent.EachAsync<
            IGrouping<Digest, (PlannedPush Image, Descriptor Blob)>,
            PlannedUpload
        >(
            [.. wanted],
            jobs,
            (blob, failure) => failure with { Subject = blob.First().Image.Image.Name },
            async (blob, token) => await AskAsync([.. blob], token),
            cancellationToken
        );
        return new PushPlan
        {
            Destination = destination,
            Asked = images.Count,
            Images = planned,
            Blobs =
            [
                .. blobs
                    .OrderByDescending(blob => blob.Content.Size)
                    .ThenBy(blob => blob.Content.Digest.Hex, StringComparer.Ordinal),
            ],
            Findings = [.. unplanned, .. unasked],
        };
    }

    private List<Finding> Collisions(IReadOnlyList<SourceImage> images) =>
        [
            .. images
                .Where(image => image.Reference.Tag is not null)
                .GroupBy(image => destination.Of(image.Reference).Tagged, StringComparer.Ordinal)
                .Where(named => named.Select(image => image.Root.Digest).Distinct().Count() > 1)
                .Select(named =>
                    Message.TargetsCollide(named.First().Name, named.Key, named.Last().Reference.ToString())
                ),
        ];

    private static async Task<PlannedUpload> AskAsync(
        IReadOnlyList<(PlannedPush Image, Descriptor Blob)> wanted,
        CancellationToken cancellationToken
    )
    {
        var content = wanted[0].Blob;
        var places = new List<UploadPlace>();
        foreach (var repository in wanted.Select(one => one.Image.Repository).Distinct())
            places.Add(new UploadPlace(repository, await repository.HasBlobAsync(content, cancellationToken)));
        return new PlannedUpload(content, wanted[0].Image.Image.Name, places);
    }

    /// <summary>One image, followed from its root to its layers.</summary>
    private sealed class PushWalk(PushSource source)
    {
        private readonly HashSet<Digest> _seen = [];

        public List<ResolvedManifest> Documents { get; } = [];
        public List<Descriptor> Blobs { get; } = [];
        public List<Descriptor> LeftOut { get; } = [];

        /// <summary>Children are listed before the document itself, so that they also reach the registry before it.</summary>
        public async Task FollowAsync(Descriptor document, int level, CancellationToken cancellationToken)
        {
            if (level > GraphWalk.DeepestLevel || _seen.Count > GraphWalk.MostNodes)
                throw new ReleaseException(
                    Message.GraphTooLarge(document.Digest.ToString(), $"{GraphWalk.DeepestLevel} levels")
                );
            Require(document);
            await using var content = await source.FetchAsync(document, cancellationToken);
            var bytes = await ImageDocument.ReadAsync(content, document, cancellationToken);
            foreach (var child in ImageDocument.Children(document, bytes))
            {
                // Also ends an index that names itself.
                if (!_seen.Add(child.Digest))
                    continue;
                if (MediaTypes.IsIndex(document.MediaType) && !source.Has(child))
                    LeftOut.Add(child);
                else if (MediaTypes.IsIndex(child.MediaType) || MediaTypes.IsManifest(child.MediaType))
                    await FollowAsync(child, level + 1, cancellationToken);
                else
                    Blobs.Add(Require(child));
            }
            Documents.Add(new ResolvedManifest(document, bytes));
        }

        private Descriptor Require(Descriptor content) =>
            source.Has(content)
                ? content
                : throw new ReleaseException(Message.ContentMissing(content.Digest.ToString(), source.Path));
    }
}
