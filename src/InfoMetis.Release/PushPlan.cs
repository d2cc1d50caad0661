using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>What a push has to do before a registry holds the images: known before the first blob is sent.</summary>
public sealed record PushPlan
{
    public required PushDestination Destination { get; init; }

    /// <summary>How many were to be pushed.</summary>
    public required int Asked { get; init; }
    public required IReadOnlyList<PlannedPush> Images { get; init; }

    /// <summary>Each once, however many images share it; the largest first, so that the last to finish is a small one.</summary>
    public required IReadOnlyList<PlannedUpload> Blobs { get; init; }

    /// <summary>Why images cannot be pushed.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public long Size => Blobs.Sum(blob => blob.Content.Size);

    /// <summary>Of blobs that no repository of the plan holds. What one holds is linked into the others without being sent.</summary>
    public long ToPush => Missing.Sum(blob => blob.Content.Size);
    public int BlobsToPush => Missing.Count();

    private IEnumerable<PlannedUpload> Missing => Blobs.Where(blob => !blob.Places.Any(place => place.IsThere));
}

/// <param name="Documents">Indexes and manifests that are carried, children before parents; the last is the root.</param>
/// <param name="Blobs">Everything else that it consists of.</param>
/// <param name="LeftOut">Manifests that an index names and that are not carried.</param>
public sealed record PlannedPush(
    SourceImage Image,
    ImageReference Target,
    RegistryTarget Repository,
    IReadOnlyList<ResolvedManifest> Documents,
    IReadOnlyList<Descriptor> Blobs,
    IReadOnlyList<Descriptor> LeftOut
)
{
    public ResolvedManifest Root => Documents[^1];

    public bool IsSparse => LeftOut.Count > 0;

    /// <summary>The manifest of the one platform that is carried; null where there are more, or none.</summary>
    internal ResolvedManifest? Platform
    {
        get
        {
            if (!MediaTypes.IsIndex(Root.Descriptor.MediaType))
                return null;
            var carried = ImageIndex
                .Parse(Root.Content, Root.Descriptor.Digest.ToString())
                .Manifests.Where(entry => entry.Platform is not null)
                .Select(entry => Documents.FirstOrDefault(one => one.Descriptor.Digest == entry.Digest))
                .OfType<ResolvedManifest>()
                .Distinct()
                .ToList();
            return carried is [var only] ? only : null;
        }
    }
}

/// <param name="For">One of the images that it belongs to.</param>
/// <param name="Places">Every repository that has to hold it.</param>
public sealed record PlannedUpload(Descriptor Content, string For, IReadOnlyList<UploadPlace> Places);

/// <summary>A repository, and whether it holds a blob already.</summary>
public sealed record UploadPlace(RegistryTarget Repository, bool IsThere);
