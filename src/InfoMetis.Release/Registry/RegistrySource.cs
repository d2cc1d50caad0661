using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>
/// One repository wherever it can be had: its mirrors in order, then the registry itself. Whatever fails is tried
/// again, and then at the next place.
/// </summary>
public sealed class RegistrySource : IImageSource
{
    private readonly RegistryOptions _options;

    internal RegistrySource(string name, IReadOnlyList<RegistryEndpoint> endpoints, RegistryOptions options)
    {
        Name = name;
        Endpoints = endpoints;
        _options = options;
    }

    /// <summary>The repository as users name it.</summary>
    public string Name { get; }

    public IReadOnlyList<RegistryEndpoint> Endpoints { get; }

    public Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        ReadAsync((endpoint, token) => endpoint.ResolveAsync(reference, token), cancellationToken);

    public Task<ResolvedManifest> ReadManifestAsync(string reference, CancellationToken cancellationToken) =>
        ReadAsync((endpoint, token) => endpoint.ReadManifestAsync(reference, token), cancellationToken);

    /// <summary>Whether a manifest is there: no, only where every place was asked and has it not.</summary>
    public async Task<bool> HasManifestAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync((endpoint, token) => endpoint.ProbeAsync(reference, token), cancellationToken);
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.RegistryNotFound)
        {
            return false;
        }
    }

    /// <summary>Opens the content at the first place that has it. What breaks afterwards is for <see cref="ReadAsync{T}"/>.</summary>
    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken) =>
        ReadAsync((endpoint, token) => endpoint.FetchAsync(target, offset, token), cancellationToken);

    /// <summary>
    /// Runs a piece of work against the places in order until one of them serves it. A transient fault is tried again at the same place;
    /// any other failure of a registry, and any <see cref="ReleaseException"/> whose exit code is
    /// <see cref="ExitCode.Integrity"/>, turns to the next. Other exceptions are not the source's fault and end it.
    /// </summary>
    /// <param name="read">One attempt; it resumes from what earlier attempts have kept.</param>
    public Task<T> ReadAsync<T>(
        Func<RegistryEndpoint, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        return Patience.ReadAsync(_options, Name, Endpoints, endpoint => endpoint.Name, read, cancellationToken);
    }
}
