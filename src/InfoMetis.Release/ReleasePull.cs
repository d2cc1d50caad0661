using System.Collections.Concurrent;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Fills a store with a release: plan, room, blobs, documents, names, proof. An image that cannot be had keeps no other from
/// coming, and nothing counts as pulled before it was found complete in the store.
/// </summary>
public sealed class ReleasePull
{
    private readonly ContentStore _store;
    private readonly Func<ImageReference, ISupply> _supply;
    private readonly PullOptions _options;

    private ReleasePull(ContentStore store, Func<ImageReference, ISupply> supply, PullOptions options) =>
        (_store, _supply, _options) = (store, supply, options);

    public static ReleasePull FromRegistries(ContentStore store, RegistryClient client, PullOptions options) =>
        new(store, image => new RegistrySupply(client.Source(image)), options);

    /// <summary>From a layout or a bundle, which has all images in one place.</summary>
    public static ReleasePull FromSource(ContentStore store, IImageSource source, PullOptions options) =>
        new(store, _ => new SourceSupply(source), options);

    /// <summary>Only says what is missing; no socket is opened.</summary>
    public static ReleasePull Offline(ContentStore store, PullOptions options) =>
        new(store, _ => new NoSupply(store.Root), options);

    /// <summary>Reads the documents of every image and finds which blobs are not here yet.</summary>
    public async Task<PullPlan> PlanAsync(ReleaseManifest manifest, CancellationToken cancellationToken)
    {
        var platforms = _options.Platforms ?? manifest.Platforms;
        var planner = new ImagePlanner(_store, platforms);
        var planned = new ConcurrentDictionary<ReleaseImage, PlannedImage>(ReferenceEqualityComparer.Instance);
        var findings = await EachAsync(
            [.. manifest.Images],
            image => image.Name,
            async (image, token) => planned[image] = await planner.PlanAsync(image, _supply(image.Reference), token),
            cancellationToken
        );
        var images = manifest.Images.Where(planned.ContainsKey).Select(image => planned[image]).ToList();
        return new PullPlan
        {
            Manifest = manifest,
            Platforms = platforms,
            Images = images,
            Blobs =
            [
                .. images.SelectMany(image => image.Blobs).Distinct().OrderByDescending(blob => blob.Content.Size),
            ],
            Findings = findings,
            Free = DiskSpace.FreeAt(_store.Root),
        };
    }

    /// <summary>Carries a plan out, and returns what went wrong; nothing, where every planned image is complete.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(
        PullPlan plan,
        PullProgress progress,
        CancellationToken cancellationToken
    )
    {
        if (DiskSpace.Objection(_store.Root, plan.ToFetch) is { } objection)
            throw new ReleaseException(objection);
        var findings = new List<Finding>(await FetchAsync(plan, progress, cancellationToken));
        var whole = new ConcurrentBag<PlannedImage>();
        findings.AddRange(
            await EachAsync(
                plan.Images,
                image => image.Image.Name,
                async (image, token) =>
                {
                    if (await FinishAsync(image, plan.Platforms, token))
                        whole.Add(image);
                },
                cancellationToken
            )
        );
        var names = plan
            .Images.Where(whole.Contains)
            .Select(image => new NamedImage(image.Image.Reference.Tagged, image.Root));
        await _store.Names.PutAsync([.. names], cancellationToken);
        return findings;
    }

    private Task<IReadOnlyList<Finding>> FetchAsync(
        PullPlan plan,
        PullProgress progress,
        CancellationToken cancellationToken
    )
    {
        var owners = plan
            .Images.SelectMany(image => image.Blobs.Select(blob => (blob, image.Image.Name)))
            .DistinctBy(pair => pair.blob)
            .ToDictionary(pair => pair.blob, pair => pair.Name);
        return EachAsync(
            [.. plan.Blobs.Where(blob => !blob.IsComplete)],
            blob => owners[blob],
            async (blob, token) =>
            {
                using var ingest = await _store.OpenIngestAsync(blob.Content, token);
                progress.Begin(ingest, owners[blob]);
                try
                {
                    if (!ingest.IsComplete)
                        await blob.Supply.FillAsync(ingest, token);
                }
                finally
                {
                    progress.End(ingest);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Documents go in after what they name; a name is given only to what is found complete after that.</summary>
    private async ValueTask<bool> FinishAsync(
        PlannedImage image,
        IReadOnlyList<Platform> platforms,
        CancellationToken cancellationToken
    )
    {
        foreach (var blob in image.Blobs)
        {
            // Whatever kept it from coming was told when it happened.
            if (!await _store.ExistsAsync(blob.Content, cancellationToken))
                return false;
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
        return true;
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

    /// <summary>Does something for each item, some at a time; a failure is kept for the end and stops nothing else.</summary>
    private async Task<IReadOnlyList<Finding>> EachAsync<T>(
        IReadOnlyList<T> items,
        Func<T, string> nameOf,
        Func<T, CancellationToken, ValueTask> work,
        CancellationToken cancellationToken
    )
    {
        var findings = new Finding?[items.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.Jobs,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, items.Count),
            parallel,
            async (at, token) =>
            {
                try
                {
                    await work(items[at], token);
                }
                catch (ReleaseException exception) when (!IsOfThisMachine(exception))
                {
                    findings[at] = exception.Finding with { Subject = nameOf(items[at]) };
                }
            }
        );
        return [.. findings.OfType<Finding>()];
    }

    /// <summary>A full disk stops everything: every other blob would meet it too.</summary>
    private static bool IsOfThisMachine(ReleaseException exception) =>
        ExitCodes.Of(exception.Finding.Code) is ExitCode.MachineUnfit;
}
