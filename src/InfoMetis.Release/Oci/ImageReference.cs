using System.Diagnostics.CodeAnalysis;

namespace InfoMetis.Release.Oci;

/// <summary>
/// The name of an image, complete: registry, repository, and a tag, a digest or both. Short names follow Docker's rules
/// (<c>busybox:1.35</c> is <c>docker.io/library/busybox:1.35</c>) and always print in full.
/// </summary>
public sealed record ImageReference
{
    public const string DockerHub = "docker.io";

    private ImageReference(string registry, string repository, string? tag, Digest? digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    public string Registry { get; }
    public string Repository { get; }
    public string? Tag { get; }
    public Digest? Digest { get; }

    /// <summary>Registry and repository: what stays when an image moves to another version.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>The name and its tag, without a digest: what people and pods mostly write.</summary>
    public string Tagged => Tag is null ? Name : $"{Name}:{Tag}";

    /// <summary>Every form of name that a pod may use for it, where it stands for this digest.</summary>
    public IReadOnlyList<string> FormsWith(Digest digest) =>
        Tag is null ? [$"{Name}@{digest}"] : [Tagged, $"{Name}@{digest}", $"{Tagged}@{digest}"];

    public ImageReference WithDigest(Digest? digest) => new(Registry, Repository, Tag, digest);

    public static ImageReference Parse(string text) =>
        TryParse(text, out var reference, out var reason)
            ? reference
            : throw new FormatException($"'{text}': {reason}");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference) =>
        TryParse(text, out reference, out _);

    /// <summary>Parses, and where that fails says why in words that complete "is not an image reference: …".</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? reason
    )
    {
        reference = null;
        reason = ReferenceGrammar.IsIdentifier(text)
            ? "64 hexadecimal digits alone are an identifier, not a name"
            : null;
        if (reason is not null)
            return false;
        var (name, tag, digestText) = Split(text ?? "");
        Digest digest = default;
        if (digestText is not null && !Oci.Digest.TryParse(digestText, out digest, out reason))
            return false;
        var (registry, repository) = Normalise(name);
        reason = ReferenceGrammar.Objection(registry, repository, tag);
        if (reason is not null)
            return false;
        reference = new ImageReference(registry, repository, tag, digestText is null ? null : digest);
        return true;
    }

    public override string ToString() => Digest is { } digest ? $"{Tagged}@{digest}" : Tagged;

    private static (string Name, string? Tag, string? Digest) Split(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var named = at < 0 ? text : text[..at];
        var digest = at < 0 ? null : text[(at + 1)..];
        var colon = named.LastIndexOf(':');
        // A colon before the last slash belongs to a port, not to a tag.
        return colon > named.LastIndexOf('/') ? (named[..colon], named[(colon + 1)..], digest) : (named, null, digest);
    }

    private static (string Registry, string Repository) Normalise(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var (registry, repository) = ReferenceGrammar.IsRegistry(first)
            ? (first, name[(slash + 1)..])
            : (DockerHub, name);
        if (registry is "index.docker.io")
            registry = DockerHub;
        if (registry is DockerHub && !repository.Contains('/', StringComparison.Ordinal) && repository.Length > 0)
            repository = $"library/{repository}";
        return (registry, repository);
    }
}
