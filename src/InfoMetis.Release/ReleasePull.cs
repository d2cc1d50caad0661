using InfoMetis.Release.Disk;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Fills a store with a release: plan, room, blobs, documents, names, proof. An image or file that cannot be had keeps no other
/// from coming, and nothing counts as pulled before it was found complete in the store.
/// </summary>
public sealed class ReleasePull
{
    private readonly ContentStore _store;
    private readonly Func<ImageReference, IImageSupply> _images;
    private readonly Func<Uri, IFileSupply> _files;
    private readonly PullOptions _options;

    private ReleasePull(
        ContentStore store,
        Func<ImageReference, IImageSupply> images,
        Func<Uri, IFileSupply> files,
        PullOptions options
    ) => (_store, _images, _files, _options) = (store, images, files, options);

    public static ReleasePull FromRegistries(ContentStore store, RegistryClient client, PullOptions options) =>
        new(store, image => new RegistrySupply(client.Source(image)), url => new WebSupply(client.File(url)), options);

    /// <summary>From a layout or a bundle, which has all images in one place.</summary>
    public static ReleasePull FromSource(ContentStore store, IImageSource source, PullOptions options)
    {
        var supply = new SourceSupply(source, new NoSupply(store.Root));
        return new ReleasePull(store, _ => supply, _ => supply, options);
    }

    /// <summary>Only says what is missing; no socket is opened.</summary>
    public static ReleasePull Offline(ContentStore store, PullOptions options)
    {
        var supply = new NoSupply(store.Root);
        return new ReleasePull(store, _ => supply, _ => supply, options);
    }

    /// <summary>Reads the documents of every image and finds which blobs are not here yet.</summary>
    public async Task<PullPlan> PlanAsync(ReleaseManifest manifest, CancellationToken cancellationToken)
    {
        var platforms = _options.Platforms ?? manifest.Platforms;
        var planner = new ContentPlanner(_store, platforms);
        var (images, imageFindings) = await Independent.EachAsync<ReleaseImage, PlannedImage>(
            [.. manifest.Images],
            _options.Jobs,
            (image, failure) => failure with { Subject = image.Name },
            async (image, token) => await planner.PlanAsync(image, _images(image.Reference), token),
            cancellationToken
        );
        var (files, fileFindings) = await Independent.EachAsync<ReleaseFile, PlannedFile>(
            [.. manifest.Files.Where(file => file.Url is not null)],
            _options.Jobs,
            (file, failure) => failure with { Subject = file.Name, Place = failure.Place ?? file.Place },
            async (file, token) => await planner.PlanAsync(file, _files(file.Url!), token),
            cancellationToken
        );
        return new PullPlan
        {
            Manifest = manifest,
            Platforms = platforms,
            Images = images,
            Files = files,
            Blobs =
            [
                .. images
                    .SelectMany(image => image.Blobs)
                    .Concat(files.Select(file => file.Blob))
                    .DistinctBy(blob => blob.Content.Digest)
                    .OrderByDescending(blob => blob.Content.Size),
            ],
            Findings = [.. imageFindings, .. fileFindings],
            Free = DiskSpace.FreeAt(_store.Root),
        };
    }

    /// <summary>Carries a plan out, and returns what went wrong; nothing, where all that was planned is complete.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        PullPlan plan,
        PullProgress progress,
        CancellationToken cancellationToken
    )
    {
        if (DiskSpace.Objection(_store.Root, plan.ToFetch) is { } objection)
            throw new ReleaseException(objection);
        var fetching = await FetchAsync(plan, progress, cancellationToken);
        var (whole, finishing) = await Independent.EachAsync<PlannedImage, PlannedImage>(
            plan.Images,
            _options.Jobs,
            (image, failure) => failure with { Subject = image.Image.Name },
            (image, token) => FinishAsync(image, plan.Platforms, token),
            cancellationToken
        );
        var names = whole.Select(image => new NamedImage(image.Image.Reference.Tagged, image.Root));
        await _store.Names.PutAsync([.. names], cancellationToken);
        return [.. fetching, .. finishing];
    }

    private async Task<IReadOnlyList<Finding>> FetchAsync(
        PullPlan plan,
        PullProgress progress,
        CancellationToken cancellationToken
    )
    {
        var owners = plan
            .Images.SelectMany(image => image.Blobs.Select(blob => (blob, image.Image.Name)))
            .Concat(plan.Files.Select(file => (blob: file.Blob, file.File.Name)))
            .DistinctBy(pair => pair.blob.Content.Digest)
            .ToDictionary(pair => pair.blob.Content.Digest, pair => pair.Name);
        var (_, findings) = await Independent.EachAsync<PlannedBlob, PlannedBlob>(
            [.. plan.Blobs.Where(blob => !blob.IsComplete)],
            _options.Jobs,
            (blob, failure) => failure with { Subject = owners[blob.Content.Digest] },
            async (blob, token) =>
            {
                using var ingest = await _store.OpenIngestAsync(blob.Content, token);
                progress.Begin(ingest, owners[blob.Content.Digest]);
                try
                {
                    if (!ingest.IsComplete)
                        await blob.Supply.FillAsync(ingest, token);
                }
                finally
                {
                    progress.End(ingest);
                }
                return blob;
            },
            cancellationToken
        );
        return findings;
    }

    /// <summary>Documents go in after what they name; a name is given only to what is found complete after that.</summary>
    private async Task<PlannedImage?> FinishAsync(
        PlannedImage image,
        IReadOnlyList<Platform> platforms,
        CancellationToken cancellationToken
    )
    {
        foreach (var blob in image.Blobs)
        {
            // Whatever kept it from coming was told when it happened.
            if (!await _store.ExistsAsync(blob.Content, cancellationToken))
                return null;
        }
        await CheckPlatformAsync(image, platforms, cancellationToken);
        foreach (var document in image.Documents)
        {
            using var content = new MemoryStream(document.Content.ToArray(), writable: false);
            await _store.PushAsync(document.Descriptor, content, cancellationToken);
        }
        var graph = await new GraphWalk(_store).WalkAsync(image.Root, cancellationToken);
        if (graph.Missing.Count > 0)
            throw new ReleaseException(Message.ContentMissing(graph.Missing[0].Digest.ToString(), _store.Root));
        return image;
    }

    private async Task CheckPlatformAsync(
        PlannedImage image,
        IReadOnlyList<Platform> platforms,
        CancellationToken cancellationToken
    )
    {
        if (image.Config is not { } descriptor || !MediaTypes.IsImageConfig(descriptor.MediaType))
            return;
        await using var content = await _store.FetchAsync(descriptor, cancellationToken);
        var config = ImageConfig.Parse(
            await ImageDocument.ReadAsync(content, descriptor, cancellationToken),
            descriptor.Digest.ToString()
        );
        if (!Platform.TryParse(config.Platform, out var its))
            return;
        var (source, reference) = (image.Image, image.Image.Reference.Tagged);
        if (platforms.FirstOrDefault(platform => platform != its) is { } lacking)
            throw new ReleaseException(
                Message.PlatformLacking(source.Place, source.Name, reference, lacking.ToString(), its.ToString())
            );
    }
}
