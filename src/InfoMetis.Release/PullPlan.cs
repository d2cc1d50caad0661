using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>What a pull has to do before the store holds a release: known before the first blob is fetched.</summary>
public sealed record PullPlan
{
    public required ReleaseManifest Manifest { get; init; }

    /// <summary>What each image has to be there for; empty where whatever it has will do.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }
    public required IReadOnlyList<PlannedImage> Images { get; init; }

    /// <summary>Those that are fetched; what lies beside the manifest is in no store.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Each once, however many images share it; the largest first, so that the last to finish is a small one.</summary>
    public required IReadOnlyList<PlannedBlob> Blobs { get; init; }

    /// <summary>Why images or files cannot be pulled.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What this user may still write where the store is.</summary>
    public required long Free { get; init; }

    /// <summary>Of what images consist of, each once.</summary>
    public long ImagesSize =>
        Images
            .SelectMany(image => image.Blobs)
            .Select(blob => blob.Content)
            .DistinctBy(blob => blob.Digest)
            .Sum(blob => blob.Size);
    public long Size => Blobs.Sum(blob => blob.Content.Size);
    public long Here => Blobs.Sum(blob => blob.Here);
    public long ToFetch => Size - Here;
    public int BlobsToFetch => Blobs.Count(blob => !blob.IsComplete);
}

/// <param name="Documents">Indexes and manifests that are kept, children before parents; the last is what the pin names.</param>
public sealed record PlannedImage(
    ReleaseImage Image,
    IReadOnlyList<ResolvedManifest> Documents,
    IReadOnlyList<PlannedBlob> Blobs
)
{
    public Descriptor Root => Documents[^1].Descriptor;

    /// <summary>What the image says of itself, where it is a single one; an index says it for each of its own.</summary>
    public Descriptor? Config => MediaTypes.IsManifest(Root.MediaType) ? Blobs[0].Content : null;
}

public sealed record PlannedFile(ReleaseFile File, PlannedBlob Blob);

/// <summary>A configuration, a layer or a file.</summary>
public sealed record PlannedBlob
{
    public required Descriptor Content { get; init; }

    /// <summary>In the store already, whole and verified.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Bytes that are in the store already; fewer than all where an earlier run broke off.</summary>
    public required long Here { get; init; }

    public required ISupply Supply { get; init; }
}
