namespace InfoMetis.Release.Registry;

/// <summary>How one registry is reached; without any, it is reached by its own name, over https.</summary>
public sealed record RegistryRules
{
    public static RegistryRules None { get; } = new();

    /// <summary>Asked in order, before the registry itself; a path is a prefix of the repository.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    public bool OnlyMirrors { get; init; }

    /// <summary>Null where nothing is said: then this machine itself may be plain http, and nothing else.</summary>
    public bool? PlainHttp { get; init; }

    /// <summary>A PEM file of authorities that are trusted beside the system's, for this registry and what it redirects to.</summary>
    public string? AuthorityFile { get; init; }

    public ClientCertificateFiles? ClientCertificate { get; init; }

    /// <summary>The first that fits renames the repository, wherever it is asked.</summary>
    public IReadOnlyList<RepositoryRewrite> Rewrites { get; init; } = [];

    /// <summary>Hosts that may see credentials in exchange for a token, beside those of the registry's own domain.</summary>
    public IReadOnlyList<string> TokenServices { get; init; } = [];

    internal bool HasOwnTrust => AuthorityFile is not null || ClientCertificate is not null;

    internal string Rewrite(string repository)
    {
        foreach (var rewrite in Rewrites)
        {
            if (rewrite.Apply(repository) is { } renamed)
                return renamed;
        }
        return repository;
    }
}

public sealed record ClientCertificateFiles(string Certificate, string Key);

/// <summary>Replaces the start of a repository, in whole path components.</summary>
public sealed record RepositoryRewrite(string From, string To)
{
    internal string? Apply(string repository) =>
        repository == From ? To
        : repository.StartsWith($"{From}/", StringComparison.Ordinal)
            ? string.Concat(To, repository.AsSpan(From.Length))
        : null;
}
