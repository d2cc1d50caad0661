using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Finds credentials in the files of docker and podman, and through the helpers they name. Each file is read once, at the
/// first registry that asks who we are.
/// </summary>
public sealed class CredentialStore(IReadOnlyList<CredentialLocation> locations, CredentialHelpers helpers)
{
    private readonly Lazy<IReadOnlyList<CredentialFile>> _files = new(
        () => [.. locations.Select(CredentialFile.Read).OfType<CredentialFile>()],
        // A file that cannot be read is reported to each who asks, not only to the first.
        LazyThreadSafetyMode.PublicationOnly
    );

    /// <summary>Knows nobody.</summary>
    public static CredentialStore None { get; } = new([], new CredentialHelpers([], TimeProvider.System));

    /// <summary>The first file that says something of a host and repository decides.</summary>
    /// <param name="host">The registry: docker.io, or a host and perhaps a port.</param>
    /// <exception cref="ReleaseException">A file cannot be read, or a helper fails: unknown is not absent.</exception>
    public async Task<Credential?> FindAsync(string host, string repository, CancellationToken cancellationToken)
    {
        foreach (var file in _files.Value)
        {
            if (file.Stored(host, repository) is { } stored)
                return stored;
            if (
                file.HelperOf(host) is { } helper
                && await helpers.GetAsync(helper, CredentialFile.ServerOf(host), host, cancellationToken) is { } found
            )
                return found;
        }
        return null;
    }
}

/// <summary>A file that may hold credentials; one that was named must exist.</summary>
public readonly record struct CredentialLocation(string File, bool MustExist);
