using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release;

/// <summary>Puts the papers of a release into a registry, so that one digest names all of it, and reads them back.</summary>
public static class ReleasePublication
{
    /// <summary>Papers first, then the manifest by its digest, then the tag; all of it is read back.</summary>
    /// <param name="target">Where to; without a tag it gets that of the version.</param>
    public static async Task<PublishedRelease> PushAsync(
        ReleasePapers papers,
        ImageReference target,
        RegistryClient registries,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(papers);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(registries);
        var repository = registries.Target(target);
        foreach (var paper in papers.All.Prepend(ReleaseArtifact.Empty))
        {
            if (!await repository.HasBlobAsync(paper.Descriptor, cancellationToken))
                await repository.PushAsync(
                    paper.Descriptor,
                    _ => Task.FromResult<Stream>(new MemoryStream(paper.Bytes.ToArray(), writable: false)),
                    sent: static _ => { },
                    cancellationToken
                );
        }
        var bytes = ReleaseArtifact.Bytes(papers);
        var root = new Descriptor(MediaTypes.OciManifest, Digest.Of(bytes), bytes.Length);
        var tag = target.Tag ?? ReleaseArtifact.TagOf(papers.Inventory);
        foreach (var reference in new[] { root.Digest.ToString(), tag })
            await repository.PutAsync(new ResolvedManifest(root, bytes), reference, cancellationToken);
        var reread = await ReadAsync(target.WithDigest(root.Digest), registries, cancellationToken);
        var tagged = (await repository.ReadAsync(tag, cancellationToken))?.Descriptor.Digest;
        return tagged == root.Digest
            ? reread with
            {
                Tagged = $"{target.Name}:{tag}",
            }
            : throw new ReleaseException(
                Message.PushedDiffers(target.Name, $"{target.Name}:{tag}", root.Digest.ToString(), tagged?.ToString())
            );
    }

    /// <summary>What a registry has, every byte of it held against the digest; who signed it is for <see cref="PublishedRelease.Check"/>.</summary>
    /// <param name="reference">With a digest, a tag or both.</param>
    public static async Task<PublishedRelease> ReadAsync(
        ImageReference reference,
        RegistryClient registries,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(registries);
        var source = registries.Source(reference);
        var (root, manifest) = await source.ReadManifestAsync(
            reference.Digest?.ToString() ?? reference.Tag ?? "latest",
            cancellationToken
        );
        var papers = new List<ReleasePaper>();
        foreach (var (name, layer) in ReleaseArtifact.Read(reference.ToString(), root, manifest.ToArray()))
            papers.Add(new ReleasePaper(name, layer.MediaType, await ReadAsync(source, layer, cancellationToken)));
        return new PublishedRelease(
            $"{reference.Name}@{root.Digest}",
            ReleasePapers.Of($"{reference.Name}@{root.Digest}", papers)
        );
    }

    private static Task<byte[]> ReadAsync(
        RegistrySource source,
        Descriptor layer,
        CancellationToken cancellationToken
    ) =>
        source.ReadAsync(
            async (endpoint, token) =>
            {
                await using var content = new VerifyingStream(
                    await endpoint.FetchAsync(layer, offset: 0, token),
                    layer
                );
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, token);
                return bytes.ToArray();
            },
            cancellationToken
        );
}

/// <param name="Reference">Its repository, and the digest that names all of it.</param>
public sealed record PublishedRelease(string Reference, ReleasePapers Papers)
{
    /// <summary>The name that it was given last.</summary>
    public string? Tagged { get; init; }

    public SignatureVerdict Check(SignaturePolicy policy) => SignatureCheck.Of(Papers.Sums, policy);
}
