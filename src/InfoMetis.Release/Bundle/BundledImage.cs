using InfoMetis.Release.Manifests;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>One image of a release for one platform, with all that it consists of.</summary>
/// <param name="Root">What the manifest pins.</param>
/// <param name="Documents">Indexes, manifests and configurations, the root among them.</param>
/// <param name="Blobs">Everything else.</param>
public sealed record BundledImage(
    ReleaseImage Image,
    Descriptor Root,
    IReadOnlyList<Descriptor> Documents,
    IReadOnlyList<Descriptor> Blobs
)
{
    /// <summary>Every form of name that a pod may use for it, fully qualified.</summary>
    public IReadOnlyList<string> Names => Image.Reference.FormsWith(Root.Digest);
}

/// <summary>Something else that the manifest has carried.</summary>
/// <param name="Name">Below infometis/files/.</param>
internal sealed record BundledFile(string Name, long Size, Digest Sha256, int Mode, ContentOpener Open);
