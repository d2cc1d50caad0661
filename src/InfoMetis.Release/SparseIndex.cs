using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>
/// An index that names manifests of platforms which are not carried. The specification lets a registry refuse it, and many do;
/// changed, it would have another digest than the one that pods are pinned to.
/// </summary>
internal sealed class SparseIndex(PlannedPush image, bool platformOnly)
{
    private ResolvedManifest Root => image.Root;

    public async Task<PushedImage> PutAsync(CancellationToken cancellationToken)
    {
        var digest = Root.Descriptor.Digest;
        try
        {
            await image.Repository.PutAsync(Root, digest.ToString(), cancellationToken);
            return new PushedImage(image, digest);
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.PushRefused)
        {
            if (!platformOnly || image.Platform is not { } platform)
                throw new ReleaseException(
                    Message.SparseIndexRefused(
                        image.Image.Name,
                        image.Target.Tagged,
                        digest.ToString(),
                        image.LeftOut.Count,
                        exception.Finding
                    ),
                    exception
                );
            return await StandInAsync(platform.Descriptor.Digest, cancellationToken);
        }
    }

    /// <summary>
    /// docker-registry serves under manifests/ what was put there as a blob, and then does not look for what it names. Whether a
    /// registry does is found out by asking it.
    /// </summary>
    private async Task<PushedImage> StandInAsync(Digest platform, CancellationToken cancellationToken)
    {
        var (index, repository, target) = (Root.Descriptor.Digest, image.Repository, image.Target.Tagged);
        var blob = Root.Descriptor with { MediaType = MediaTypes.AnyContent };
        if (!await repository.HasBlobAsync(blob, cancellationToken))
            await repository.PushAsync(blob, OpenAsync, sent: static _ => { }, cancellationToken);
        var served = await repository.ReadAsync(index.ToString(), cancellationToken);
        var isServed = served?.Descriptor.MediaType == Root.Descriptor.MediaType;
        var pushed = new PushedImage(image, platform) { HasRoot = isServed };
        return pushed.With(
            isServed
                ? Message.IndexByDigestOnly(image.Image.Name, target, index.ToString(), platform.ToString())
                : Message.IndexLeftOut(image.Image.Name, target, index.ToString(), platform.ToString())
        );
    }

    private Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(Root.Content.ToArray(), writable: false));
}
