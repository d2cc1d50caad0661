using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>What a walk through an archive found in it, each byte of it hashed.</summary>
internal sealed class WalkedContent
{
    private readonly Dictionary<Digest, byte[]> _documents = [];
    private readonly Dictionary<Digest, SeenBlob> _blobs = [];

    /// <summary>The release manifest, byte for byte; null where the walk did not come so far, as below.</summary>
    public byte[]? Manifest { get; set; }

    public byte[]? InventoryBytes { get; set; }
    public Inventory? Inventory { get; set; }

    /// <summary>The walk came to the end of the archive, and every member was as it must be.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Blobs whose content is what their digest says, by digest.</summary>
    public IReadOnlyDictionary<Digest, SeenBlob> Blobs => _blobs;

    public void Add(SeenBlob blob, byte[]? document)
    {
        _blobs[blob.Digest] = blob;
        if (document is not null)
            _documents[blob.Digest] = document;
    }

    /// <summary>A document, where the inventory announced it as one.</summary>
    public ReadOnlyMemory<byte>? Document(Digest digest) =>
        _documents.TryGetValue(digest, out var document) ? document : null;
}

/// <param name="Offset">Of its first byte, in images.tar.</param>
/// <param name="Frame">The number of the frame that holds it.</param>
internal readonly record struct SeenBlob(Digest Digest, long Size, long Offset, int Frame);
