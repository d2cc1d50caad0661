using InfoMetis.Release.Disk;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Where things lie in a store: an OCI image layout, and beside it what is still on its way in.</summary>
internal sealed record StoreLayout(string Root)
{
    public const string MarkerName = "oci-layout";
    public const string IndexName = "index.json";
    public const string BlobsName = "blobs";

    private const string IngestName = "ingest";
    private const string PartialEnding = ".partial";

    public static ReadOnlySpan<byte> Marker => """{"imageLayoutVersion":"1.0.0"}"""u8;
    public static ReadOnlySpan<byte> EmptyIndex => """{"schemaVersion":2,"manifests":[]}"""u8;

    public string MarkerFile => Path.Combine(Root, MarkerName);
    public string IndexFile => Path.Combine(Root, IndexName);
    public string Blobs => Path.Combine(Root, BlobsName, Digest.Algorithm);
    public string Ingest => Path.Combine(Root, IngestName);

    /// <summary>Held shared by whoever fills the store, and alone by whoever removes from it.</summary>
    public string UseLock => Path.Combine(Ingest, "store.lock");

    public string IndexLock => Path.Combine(Ingest, "index.lock");

    public static bool IsOwn(string name) =>
        name is BlobsName or IngestName
        || name == IndexName
        || name.EndsWith(Durable.NewEnding, StringComparison.Ordinal);

    public string Blob(Digest digest) => Path.Combine(Blobs, digest.Hex);

    public string Partial(Digest digest) => Path.Combine(Ingest, $"{Digest.Algorithm}-{digest.Hex}{PartialEnding}");

    public string Lock(Digest digest) => Path.Combine(Ingest, $"{Digest.Algorithm}-{digest.Hex}.lock");

    /// <summary>Every blob, in the order of the digests; files of other names are none of ours.</summary>
    public IReadOnlyList<StoredBlob> Contents() =>
        Directory.Exists(Blobs)
            ?
            [
                .. new DirectoryInfo(Blobs)
                    .EnumerateFiles()
                    .Where(f => Digest.TryParse($"{Digest.Algorithm}:{f.Name}", out _))
                    .OrderBy(f => f.Name, StringComparer.Ordinal)
                    .Select(f => new StoredBlob(Digest.Parse($"{Digest.Algorithm}:{f.Name}"), f.Length)),
            ]
            : [];

    /// <summary>What has come so far of blobs that are not complete.</summary>
    public IReadOnlyList<StoredBlob> Partials() =>
        [
            .. Leftovers()
                .Where(f => f.Name.EndsWith(PartialEnding, StringComparison.Ordinal))
                .Select(f => (File: f, Hex: f.Name[(Digest.Algorithm.Length + 1)..^PartialEnding.Length]))
                .Where(p => Digest.TryParse($"{Digest.Algorithm}:{p.Hex}", out _))
                .Select(p => new StoredBlob(Digest.Parse($"{Digest.Algorithm}:{p.Hex}"), p.File.Length)),
        ];

    /// <summary>What earlier runs began and did not end, and the locks they left.</summary>
    public IReadOnlyList<FileInfo> Leftovers() =>
        Directory.Exists(Ingest)
            ? [.. new DirectoryInfo(Ingest).EnumerateFiles($"{Digest.Algorithm}-*").OrderBy(f => f.Name)]
            : [];
}

/// <summary>Some content that lies in a store.</summary>
public readonly record struct StoredBlob(Digest Digest, long Size);
