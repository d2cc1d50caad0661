using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>A blob as it is read from a store; one that is found damaged loses its seal.</summary>
internal sealed class StoredContent(Stream file, string path, Descriptor expected) : VerifyingStream(file, expected)
{
    protected override void OnWrong() => Seal.TryBreak(path);
}
