using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>
/// Puts images into a registry: plan, blobs, documents, tags, proof. No document is changed by a byte, no tag is given before all
/// that it leads to is there, and nothing counts as pushed before it was read back. An image that cannot be pushed keeps no other
/// from being pushed.
/// </summary>
public sealed class ReleasePush(
    PushSource source,
    PushDestination destination,
    RegistryClient registries,
    PushOptions options
)
{
    /// <summary>Reads the documents of the images, and asks which of their blobs the registry has.</summary>
    public Task<PushPlan> PlanAsync(IReadOnlyList<SourceImage> images, CancellationToken cancellationToken) =>
        new PushPlanner(source, destination, registries, options.Jobs).PlanAsync(images, cancellationToken);

    /// <summary>Carries a plan out.</summary>
    public async Task<PushResult> RunAsync(PushPlan plan, PushProgress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(progress);
        var (sent, unsent) = await Independent.EachAsync<PlannedUpload, PlannedUpload>(
            plan.Blobs,
            options.Jobs,
            (blob, failure) => failure with { Subject = blob.For },
            async (blob, token) =>
            {
                await SendAsync(blob, progress, token);
                return blob;
            },
            cancellationToken
        );
        var there = sent.Select(blob => blob.Content.Digest).ToHashSet();
        // Whatever kept a blob from coming was told when it happened.
        var whole = plan.Images.Where(image => image.Blobs.All(blob => there.Contains(blob.Digest)));
        var (put, unput) = await EachAsync([.. whole], image => image.Image.Name, PutAsync);
        var (tagged, untagged) = await EachAsync(put, image => image.Name, TagAsync);
        var (proved, unproved) = await EachAsync(tagged, image => image.Name, ProveAsync);
        return new PushResult(
            proved,
            [.. unsent, .. unput, .. untagged, .. unproved, .. proved.SelectMany(image => image.Notices)]
        );

        Task<(IReadOnlyList<PushedImage>, IReadOnlyList<Finding>)> EachAsync<T>(
            IReadOnlyList<T> images,
            Func<T, string> nameOf,
            Func<T, CancellationToken, Task<PushedImage?>> work
        ) =>
            Independent.EachAsync(
                images,
                options.Jobs,
                (image, failure) => failure with { Subject = nameOf(image) },
                work,
                cancellationToken
            );
    }

    /// <summary>Sends a blob once at the most: what one repository holds is linked into the others.</summary>
    private async Task SendAsync(PlannedUpload blob, PushProgress progress, CancellationToken cancellationToken)
    {
        var holder = blob.Places.FirstOrDefault(place => place.IsThere)?.Repository;
        foreach (var (repository, _) in blob.Places.Where(place => !place.IsThere))
        {
            if (holder is not null && await repository.MountAsync(blob.Content, holder, cancellationToken))
            {
                progress.Mount();
                continue;
            }
            var isThere = false;
            try
            {
                await repository.PushAsync(
                    blob.Content,
                    token => source.FetchAsync(blob.Content, token),
                    sent => progress.Move(blob, sent),
                    cancellationToken
                );
                isThere = true;
            }
            finally
            {
                progress.End(blob, isThere);
            }
            holder ??= repository;
        }
    }

    /// <summary>Documents go by their digests, children before parents.</summary>
    private async Task<PushedImage?> PutAsync(PlannedPush image, CancellationToken cancellationToken)
    {
        foreach (var document in image.Documents.SkipLast(image.IsSparse ? 1 : 0))
            await PutAsync(image.Repository, document, cancellationToken);
        return image.IsSparse
            ? await new SparseIndex(image, options.PlatformOnly).PutAsync(cancellationToken)
            : new PushedImage(image, image.Root.Descriptor.Digest);
    }

    private static async Task PutAsync(
        RegistryTarget repository,
        ResolvedManifest document,
        CancellationToken cancellationToken
    )
    {
        if (!await repository.HasManifestAsync(document.Descriptor.Digest, cancellationToken))
            await repository.PutAsync(document, document.Descriptor.Digest.ToString(), cancellationToken);
    }

    private static async Task<PushedImage?> TagAsync(PushedImage image, CancellationToken cancellationToken)
    {
        var (repository, target) = (image.Plan.Repository, image.Plan.Target);
        if (target.Tag is not { } tag)
            return image;
        var before = await BeforeAsync(repository, tag, cancellationToken);
        if (before == image.Tagged)
            return image;
        var document = image.Plan.Documents.First(one => one.Descriptor.Digest == image.Tagged);
        await repository.PutAsync(document, tag, cancellationToken);
        return before is null
            ? image
            : image.With(
                Message.TagReplaced(image.Name, target.Tagged, before.Value.ToString(), image.Tagged.ToString())
            );
    }

    /// <summary>What a tag stands for; null where it is not there, or stands for something that no image is made of.</summary>
    private static async Task<Digest?> BeforeAsync(
        RegistryTarget repository,
        string tag,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (await repository.ReadAsync(tag, cancellationToken))?.Descriptor.Digest;
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.SchemaOne or Codes.NotAManifest)
        {
            return null;
        }
    }

    /// <summary>Every document by its digest and the tag, read in full; every blob asked for, in its size.</summary>
    private static async Task<PushedImage?> ProveAsync(PushedImage image, CancellationToken cancellationToken)
    {
        var (repository, target) = (image.Plan.Repository, image.Plan.Target);
        foreach (var blob in image.Plan.Blobs)
        {
            if (!await repository.HasBlobAsync(blob, cancellationToken))
                throw Differs(blob.Digest, blob.Digest.ToString(), found: null);
        }
        foreach (var document in image.Served)
            await ProveAsync(document.Descriptor.Digest, document.Descriptor.Digest.ToString());
        if (target.Tag is { } tag)
            await ProveAsync(image.Tagged, tag);
        return image;

        async Task ProveAsync(Digest expected, string reference)
        {
            var found = (await repository.ReadAsync(reference, cancellationToken))?.Descriptor.Digest;
            if (found != expected)
                throw Differs(expected, reference, found);
        }

        ReleaseException Differs(Digest expected, string reference, Digest? found) =>
            new(
                Message.PushedDiffers(
                    image.Name,
                    reference.Contains(':', StringComparison.Ordinal)
                        ? $"{target.Name}@{reference}"
                        : $"{target.Name}:{reference}",
                    expected.ToString(),
                    found?.ToString()
                )
            );
    }
}
