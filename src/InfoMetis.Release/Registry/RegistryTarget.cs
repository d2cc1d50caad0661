using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>One repository of a registry to put an image into. What fails is tried again as reads are.</summary>
public sealed class RegistryTarget
{
    private readonly TargetEndpoint _endpoint;
    private readonly RegistryOptions _options;

    internal RegistryTarget(string name, TargetEndpoint endpoint, RegistryOptions options) =>
        (Name, _endpoint, _options) = (name, endpoint, options);

    /// <summary>The repository as users name it.</summary>
    public string Name { get; }

    /// <summary>Whether a blob is there. Unknown is never absent.</summary>
    /// <exception cref="ReleaseException">It is there in another size.</exception>
    public Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        return UnlessAbsentAsync(token => _endpoint.Reading.HasBlobAsync(blob, token), cancellationToken);
    }

    /// <summary>Whether a manifest is there.</summary>
    public Task<bool> HasManifestAsync(Digest manifest, CancellationToken cancellationToken) =>
        UnlessAbsentAsync(token => _endpoint.Reading.ProbeAsync(manifest.ToString(), token), cancellationToken);

    /// <summary>What a tag or digest stands for there; null where it is not there.</summary>
    public Task<ResolvedManifest?> ReadAsync(string reference, CancellationToken cancellationToken) =>
        UnlessAbsentAsync<ResolvedManifest?>(
            async token => await _endpoint.Reading.ReadManifestAsync(reference, token),
            cancellationToken
        );

    /// <summary>Has a blob linked that another repository of the same registry holds.</summary>
    /// <returns>Whether it is there now; a registry that does not link it, or not for us, is sent it.</returns>
    public async Task<bool> MountAsync(Descriptor blob, RegistryTarget holder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        ArgumentNullException.ThrowIfNull(holder);
        if (holder._endpoint.Origin != _endpoint.Origin)
            return false;
        try
        {
            return await TryAsync(
                async token => await _endpoint.BeginAsync(blob.Digest, holder._endpoint.Repository, token) is null,
                cancellationToken
            );
        }
        catch (ReleaseException exception) when (ExitCodes.Of(exception.Finding.Code) is ExitCode.RegistrySaidNo)
        {
            return false;
        }
    }

    /// <summary>Sends a blob, from its start on whenever the connection breaks.</summary>
    /// <param name="open">Opens its content from the start on.</param>
    /// <param name="sent">Told how many of its bytes have gone in this attempt.</param>
    public Task PushAsync(
        Descriptor blob,
        Func<CancellationToken, Task<Stream>> open,
        Action<long> sent,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            async token =>
            {
                sent(0);
                var place = await _endpoint.BeginAsync(blob.Digest, from: null, token);
                return await _endpoint.SendAsync(place!, blob.Digest, new UploadBody(blob, open, sent), token);
            },
            cancellationToken
        );

    /// <summary>Puts a manifest or an index as it is, byte for byte.</summary>
    /// <param name="reference">A tag, or its digest.</param>
    public Task PutAsync(ResolvedManifest manifest, string reference, CancellationToken cancellationToken) =>
        TryAsync(token => _endpoint.PutAsync(manifest, reference, token), cancellationToken);

    private Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Patience.ReadAsync(
            _options,
            Name,
            [_endpoint],
            endpoint => endpoint.Name,
            (_, token) => work(token),
            cancellationToken
        );

    private async Task<T?> UnlessAbsentAsync<T>(
        Func<CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await TryAsync(read, cancellationToken);
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.RegistryNotFound)
        {
            return default;
        }
    }
}
