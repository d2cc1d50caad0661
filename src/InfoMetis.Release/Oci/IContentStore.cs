namespace InfoMetis.Release.Oci;

/// <summary>Verified content by digest: what can be read from it was hashed when it came in.</summary>
public interface IContentStore
{
    Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken);

    Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken);

    /// <summary>Takes content in; it appears under its digest only when all of it came and hashed right.</summary>
    Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken);
}
