using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>What a registry holds under a tag or digest.</summary>
/// <param name="Digest">Of the index where there is one.</param>
/// <param name="Platforms">Those known here, in the order of the index.</param>
internal sealed record UpstreamImage(Digest Digest, IReadOnlyList<Platform> Platforms)
{
    public static async Task<UpstreamImage> ReadAsync(
        RegistrySource source,
        string reference,
        CancellationToken cancellationToken
    ) => await OfAsync(source, await source.ReadManifestAsync(reference, cancellationToken), cancellationToken);

    public static async Task<UpstreamImage> OfAsync(
        RegistrySource source,
        ResolvedManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var (descriptor, content) = manifest;
        var subject = descriptor.Digest.ToString();
        if (MediaTypes.IsIndex(descriptor.MediaType))
            return new UpstreamImage(descriptor.Digest, [.. ImageIndex.Parse(content, subject).Platforms]);
        // A manifest without an index says nothing of its platform; its configuration does.
        var config = await ConfigAsync(source, ImageManifest.Parse(content, subject).Config, cancellationToken);
        return new UpstreamImage(
            descriptor.Digest,
            Platform.TryParse(config.Platform, out var platform) ? [platform] : []
        );
    }

    private static Task<ImageConfig> ConfigAsync(
        RegistrySource source,
        Descriptor config,
        CancellationToken cancellationToken
    ) =>
        source.ReadAsync(
            async (endpoint, token) =>
            {
                await using var content = await endpoint.FetchAsync(config, offset: 0, token);
                return ImageConfig.Parse(
                    await ImageDocument.ReadAsync(content, config, token),
                    config.Digest.ToString()
                );
            },
            cancellationToken
        );
}
