using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

/// <summary>A document or blob, and where it is read from.</summary>
/// <param name="Place">The source, as a person calls it.</param>
internal sealed record ServedContent(Descriptor Descriptor, IImageSource Source, string Place)
{
    public Digest Digest => Descriptor.Digest;

    public long Size => Descriptor.Size;
}
