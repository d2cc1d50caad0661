using System.Text;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Rebuilds a bundle from the manifest inside it, and holds each byte that comes out against the bundle. Nothing is written but
/// what has to be pulled.
/// </summary>
public sealed class ReleaseReproduction
{
    private readonly BundleArchive _archive;

    private ReleaseReproduction(BundleArchive archive, JudgedRelease release) =>
        (_archive, Release) = (archive, release);

    public JudgedRelease Release { get; }

    public Platform Platform => _archive.Inventory.Platform;

    /// <exception cref="ReleaseException">The manifest inside is refused by the gate, but for what was accepted then.</exception>
    public static async Task<ReleaseReproduction> OpenAsync(
        ReleaseBuilder builder,
        BundleArchive archive,
        CancellationToken cancellationToken
    )
    {
        var accepted = archive
            .Inventory.Accepted.DistinctBy(one => one.Code)
            .ToDictionary(one => one.Code, one => one.Reason);
        var text = Encoding.UTF8.GetString(await archive.ReadAsync(BundleNames.ReleaseMember, cancellationToken));
        return new ReleaseReproduction(
            archive,
            JudgedRelease.Judge(builder, BundleNames.ReleaseMember, text, accepted)
        );
    }

    /// <returns>Where the two differ; nothing, where they are the same but for their signatures.</returns>
    public async Task<IReadOnlyList<Finding>> CompareAsync(
        PullPlan plan,
        ContentStore store,
        IReadOnlyList<TextPage> docs,
        CancellationToken cancellationToken
    )
    {
        using var content = LayoutSource.OfFolder(store.Root);
        var inventory = _archive.Inventory;
        var request = new BundleRequest
        {
            Platform = Platform,
            Output = "",
            Docs = docs,
            // What is compared is what this version makes of the release; the name of that one is taken over.
            Tool = inventory.Tool,
        };
        var layout = await BundlePlan.MakeAsync(
            GatheredContents.Of(Release, plan, _archive.FilesBeside(Release.Manifest), content, request),
            new BundleOptions { Compression = inventory.Compression.Kind, Level = inventory.Compression.Level },
            cancellationToken
        );
        return await new Rebuild(_archive, layout).CompareAsync(cancellationToken);
    }
}
