using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// What one pass over an archive proves: the hash of each of its files, that its structure is the documented one, that every
/// blob is what its digest says, that every image is complete, and that the inventory tells the truth.
/// </summary>
public sealed record ArchiveReading
{
    /// <summary>The files of the archive, in its order.</summary>
    public required IReadOnlyList<ReadPiece> Pieces { get; init; }

    /// <summary>Null where the archive could not be read so far, as below.</summary>
    public required ReleaseManifest? Manifest { get; init; }

    /// <summary>The bytes of the release manifest.</summary>
    public required ReadOnlyMemory<byte>? ManifestBytes { get; init; }
    public required Inventory? Inventory { get; init; }

    /// <summary>The hash of the inventory that is in the archive.</summary>
    public required Digest? InventoryDigest { get; init; }

    /// <summary>The size of the tar, as far as it was unpacked.</summary>
    public required long Unpacked { get; init; }

    /// <summary>The archive was read to its end, and each member was where it must be.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The blobs that were read and hash to their digest.</summary>
    public required int Blobs { get; init; }

    /// <summary>The frames that were read.</summary>
    internal IReadOnlyList<FrameSize> Frames { get; init; } = [];

    /// <summary>All that is wrong with it; nothing, where all of the above is proved.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <param name="archive">What to call it.</param>
    /// <exception cref="ReleaseException">This machine lacks the library to unpack it.</exception>
    public static Task<ArchiveReading> RunAsync(
        string archive,
        IReadOnlyList<PackedPiece> pieces,
        CancellationToken cancellationToken
    ) => RunAsync(archive, pieces.ToAsyncEnumerable(), cancellationToken);

    /// <summary>As above, where the pieces come one after the other.</summary>
    public static async Task<ArchiveReading> RunAsync(
        string archive,
        IAsyncEnumerable<PackedPiece> pieces,
        CancellationToken cancellationToken
    )
    {
        var pipe = PieceReading.NewPipe();
        var (content, findings) = (new WalkedContent(), new List<Finding>());
        var reading = Task.Run(() => PieceReading.RunAsync(pieces, pipe.Writer, cancellationToken), cancellationToken);
        UnpackedBytes? unpacked = null;
        try
        {
            unpacked = await WalkAsync(new PackedBytes(pipe.Reader, archive), content, findings, cancellationToken);
        }
        finally
        {
            // Nothing more is unpacked; the hashes are taken to the end all the same.
            await pipe.Reader.CompleteAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        var manifest = content.Manifest is { } bytes ? ManifestInside.Parse(bytes, findings) : null;
        if (content is { IsWhole: true, Inventory: { } inventory } && manifest is not null)
            new InventoryCheck(manifest, inventory, content, findings).Run();
        return new ArchiveReading
        {
            Pieces = await reading,
            Manifest = manifest,
            ManifestBytes = content.Manifest,
            Inventory = content.Inventory,
            InventoryDigest = content.InventoryBytes is { } inside ? Digest.Of(inside) : null,
            Unpacked = unpacked?.Position ?? 0,
            IsWhole = content.IsWhole,
            Blobs = content.Blobs.Count,
            Frames = [.. unpacked?.Frames.Select(frame => frame.Size) ?? []],
            Findings = findings,
        };
    }

    /// <summary>Only the hashes of its files, where some of them are missing.</summary>
    public static Task<IReadOnlyList<ReadPiece>> HashAsync(
        IReadOnlyList<PackedPiece> pieces,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () => PieceReading.RunAsync(pieces.ToAsyncEnumerable(), unpacking: null, cancellationToken),
            cancellationToken
        );

    /// <summary>What was unpacked; null where not even the first frame could be.</summary>
    private static async Task<UnpackedBytes?> WalkAsync(
        PackedBytes packed,
        WalkedContent content,
        List<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        UnpackedBytes? bytes = null;
        try
        {
            using var unpacker = await UnpackerAsync(packed, cancellationToken);
            bytes = new UnpackedBytes(packed, unpacker) { Limit = ArchiveWalk.RoomToBegin };
            using var walk = new ArchiveWalk(bytes, content, findings);
            await walk.RunAsync(cancellationToken);
            FrameCheck.Run(bytes, content, findings);
        }
        catch (ReleaseException exception) when (ExitCodes.Of(exception.Finding.Code) is ExitCode.Integrity)
        {
            findings.AddRange(exception.Findings);
        }
        return bytes;
    }

    /// <summary>What an archive is packed with is told by its first byte.</summary>
    private static async Task<IUnpacker> UnpackerAsync(PackedBytes packed, CancellationToken cancellationToken)
    {
        var start = await packed.PeekAsync(cancellationToken);
        // What stands behind the first byte each of them looks at by itself; there may be no more in the first piece.
        return start.IsEmpty ? new PlainUnpacker(packed)
            : start.Span[0] == ZstdFrameHeader.FirstByte ? new ZstdUnpacker(packed)
            : start.Span[0] == GzipUnpacker.FirstByte ? new GzipUnpacker(packed)
            : new PlainUnpacker(packed);
    }
}
