using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release;

/// <summary>What a push came to.</summary>
/// <param name="Images">Those that are there, read back.</param>
public sealed record PushResult(IReadOnlyList<PushedImage> Images, IReadOnlyList<Finding> Findings);

/// <param name="Tagged">What the tag stands for there: the root, except where a registry did not take it.</param>
public sealed record PushedImage(PlannedPush Plan, Digest Tagged)
{
    public string Name => Plan.Image.Name;

    /// <summary>Whether the root is served by its digest.</summary>
    public bool HasRoot { get; init; } = true;

    /// <summary>What should be known of it.</summary>
    public IReadOnlyList<Finding> Notices { get; init; } = [];

    /// <summary>The documents that are there by their digests.</summary>
    internal IEnumerable<ResolvedManifest> Served => Plan.Documents.SkipLast(HasRoot ? 0 : 1);

    internal PushedImage With(Finding notice) => this with { Notices = [.. Notices, notice] };
}
