using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>Makes a bundle anew without writing it, and says where it differs from the one that is there.</summary>
public sealed class Rebuild(BundleArchive archive, BundlePlan plan)
{
    private const int LargestSidecar = InventoryReader.LargestInventory;

    private readonly List<Finding> _findings = [];

    /// <summary>Every difference that is found; nothing, where the two are the same but for their signatures.</summary>
    public async Task<IReadOnlyList<Finding>> CompareAsync(CancellationToken cancellationToken)
    {
        CompareInventory();
        await CompareArchiveAsync(cancellationToken);
        await CompareSidecarsAsync(cancellationToken);
        return _findings;
    }

    private void CompareInventory()
    {
        ReadOnlySpan<byte> there = archive.InventoryBytes;
        var here = plan.InventoryBytes.Span;
        var same = there.CommonPrefixLength(here);
        if (same == there.Length && same == here.Length)
            return;
        var line = there[..same].Count((byte)'\n') + 1;
        Differs(BundleNames.Inventory, $"line {line}");
    }

    private async Task CompareArchiveAsync(CancellationToken cancellationToken)
    {
        using var packed = PackedArchive.Open(archive.Files);
        var comparison = new ArchiveComparison(packed);
        var frames = await new ArchiveWriter(plan.Archive, plan.Format, comparison).WriteAsync(cancellationToken);
        comparison.Finish();
        if (comparison.Difference is { } offset)
            Differs(archive.Files.Archive, PlaceOf(offset, frames));
    }

    private async Task CompareSidecarsAsync(CancellationToken cancellationToken)
    {
        if (!archive.Files.IsFolder)
            return;
        var pieces = await ArchiveReading.HashAsync(PackedPiece.Of(archive.Files), cancellationToken);
        var sidecars = new Sidecars(pieces, plan);
        foreach (var (name, bytes) in sidecars.All)
        {
            var path = Path.Combine(archive.Files.Folder, name);
            if (!File.Exists(path) || !Disk.SmallFile.Read(path, LargestSidecar).AsSpan().SequenceEqual(bytes.Span))
                Differs(name, "its content");
        }
    }

    private string PlaceOf(long offset, IReadOnlyList<FrameSize> frames)
    {
        long start = 0;
        for (var number = 0; number < frames.Count; number++)
        {
            start += frames[number].Packed;
            if (offset < start)
                return $"byte {offset:N0}, in frame {number}, which begins with {plan.Archive.MemberAt(plan.Archive.Frames[number].Start)}";
        }
        return $"byte {offset:N0}, behind the last frame";
    }

    private void Differs(string what, string where) => _findings.Add(Message.NotReproduced(what, where, Cause()));

    private string Cause()
    {
        var (there, here) = (archive.Inventory, plan.Inventory);
        return there.Compression.Library != here.Compression.Library
            ? $"It was packed by {there.Compression.Library}, and here is {here.Compression.Library}, which may pack otherwise: rebuild with that version."
            : $"It was made by imrel {there.Tool} with {there.Compression.Library}: rebuild with exactly these before you distrust it.";
    }
}
