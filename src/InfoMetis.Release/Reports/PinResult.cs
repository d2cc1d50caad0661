using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Reports;

/// <summary>What pinning a manifest came to.</summary>
/// <param name="Text">The manifest as it was read, without a byte order mark.</param>
/// <param name="Edited">The same with the new digests in it.</param>
/// <param name="Pins">Of the images that were asked for, in the order of the manifest.</param>
public sealed record PinResult(
    ReleaseManifest Manifest,
    string Text,
    string Edited,
    IReadOnlyList<Pin> Pins,
    IReadOnlyList<Finding> Findings
)
{
    public bool HasChanged => Edited != Text;

    public int Count(PinStatus status) => Pins.Count(pin => pin.Status == status);
}

public enum PinStatus
{
    Pinned,
    Unchanged,
    Failed,
}

/// <param name="Digest">What the image is pinned to now; null where that failed.</param>
public sealed record Pin(ReleaseImage Image, Digest? Digest)
{
    public PinStatus Status =>
        Digest is null ? PinStatus.Failed
        : Digest == Image.Reference.Digest ? PinStatus.Unchanged
        : PinStatus.Pinned;
}
