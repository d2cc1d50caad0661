namespace InfoMetis.Release.Oci;

/// <summary>One repository to read from: a registry, a layout folder, a bundle.</summary>
public interface IImageSource
{
    /// <summary>What a tag or digest stands for; the digest is that of the bytes, never of a header alone.</summary>
    Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken);

    /// <summary>The content from an offset on. Nothing is verified here: whoever stores it does.</summary>
    Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken);
}
