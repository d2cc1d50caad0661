using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Manifests;

/// <summary>What a version of InfoMetis consists of; docs/manifest.md describes the file it is read from.</summary>
public sealed record ReleaseManifest
{
    public const string ApiVersion = "infometis.io/release/v1";
    public const string Kind = "Release";

    public required string File { get; init; }
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset Released { get; init; }
    public required K0sVersion K0s { get; init; }
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>From the smallest to the largest; each holds all of those before it.</summary>
    public required IReadOnlyList<string> Stacks { get; init; }
    public required IReadOnlyList<ReleaseImage> Apps { get; init; }
    public required IReadOnlyList<ReleaseImage> Auxiliary { get; init; }
    public required IReadOnlyList<ReleaseFile> Files { get; init; }

    /// <summary>Where the version of k0s stands, and where the list of auxiliary images starts.</summary>
    public required Place K0sPlace { get; init; }
    public required Place AuxiliaryPlace { get; init; }

    public IEnumerable<ReleaseImage> Images => Apps.Concat(Auxiliary);

    /// <summary>
    /// The applications of a stack: its own, those of the smaller stacks, and those that name none, because every stack needs them.
    /// </summary>
    public IEnumerable<ReleaseImage> AppsOf(string stack)
    {
        if (!Stacks.Contains(stack))
            throw new ArgumentException($"'{stack}' is no stack of this manifest", nameof(stack));
        var held = Stacks.TakeWhile(s => s != stack).Append(stack).ToList();
        return Apps.Where(app => app.Stack is null || held.Contains(app.Stack));
    }
}

public enum ImageGroup
{
    Apps,
    Auxiliary,
}

public sealed record ReleaseImage
{
    public required string Name { get; init; }
    public required ImageReference Reference { get; init; }
    public required ImageGroup Group { get; init; }

    /// <summary>What the image really is, where its tag does not say.</summary>
    public string? StatedVersion { get; init; }
    public string? Stack { get; init; }
    public required Place Place { get; init; }

    /// <summary>The version to judge by: the stated one, or else the tag.</summary>
    public string Version => StatedVersion ?? Reference.Tag ?? "";

    public bool IsPinned => Reference.Digest is not null;
}

/// <summary>Something else to carry: from a path beside the manifest, or from a URL.</summary>
public sealed record ReleaseFile
{
    public string? Path { get; init; }
    public Uri? Url { get; init; }

    /// <summary>Whichever of the two it comes from.</summary>
    public string Source => Path ?? Url?.AbsoluteUri ?? "";

    /// <summary>Its name in a bundle: the path, or the last part of the URL's.</summary>
    public string Name => Path ?? LastPart(Url);
    public required Digest Sha256 { get; init; }
    public required int Mode { get; init; }
    public required Place Place { get; init; }

    /// <summary>Of the text itself, for what it is read as may differ from what people see.</summary>
    private static string LastPart(Uri? url)
    {
        const int PartsBeforePath = 3;
        var parts = url?.OriginalString.Split('?', '#')[0].Split('/') ?? [];
        return parts.Length > PartsBeforePath ? parts[^1] : "";
    }
}
