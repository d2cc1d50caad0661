using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

internal enum Asked
{
    Nothing,
    Base,
    Catalog,
    Tags,
    Manifest,
    Blob,
    Referrers,
}

/// <summary>What the path of a request asks for. It is read as it was sent: nothing is decoded into a slash, and no folder is climbed.</summary>
internal readonly record struct RequestPath(Asked Asked, string Name, string Reference)
{
    private const string Root = "/v2/";

    /// <param name="target">Path and query, as they stand in the first line of the request.</param>
    public static RequestPath Parse(string target)
    {
        var path = target.Split('?')[0];
        if (path is "/v2" or Root)
            return new RequestPath(Asked.Base, "", "");
        if (path is "/v2/_catalog")
            return new RequestPath(Asked.Catalog, "", "");
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            return default;
        // A colon is the one character of a name or digest that clients have reason to encode.
        var parts = path[Root.Length..].Replace("%3A", ":", StringComparison.OrdinalIgnoreCase).Split('/');
        if (parts.Length < 3)
            return default;
        var name = string.Join('/', parts[..^2]);
        return (parts[^2], parts[^1]) switch
        {
            ("tags", "list") => new RequestPath(Asked.Tags, name, ""),
            ("manifests", var reference) => new RequestPath(Asked.Manifest, name, reference),
            ("blobs", var digest) => new RequestPath(Asked.Blob, name, digest),
            ("referrers", var digest) => new RequestPath(Asked.Referrers, name, digest),
            _ => default,
        };
    }

    /// <summary>Whether a repository could be called so, with or without its registry before it.</summary>
    public bool HasName =>
        ImageReference.TryParse($"registry.invalid/{Name}", out _)
        || (ImageReference.TryParse(Name, out var whole) && whole.Name == Name && !Name.Any(char.IsAsciiLetterUpper));
}
