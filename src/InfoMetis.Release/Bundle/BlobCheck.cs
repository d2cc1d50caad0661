using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Holds the blobs of an inventory against those that the images consist of, and against where they were found.</summary>
internal sealed class BlobCheck(Inventory inventory, WalkedContent content, ICollection<Finding> findings)
{
    public void Run(IReadOnlyList<BundledImage> images)
    {
        var documents = InOrder(images.SelectMany(image => image.Documents));
        var digests = documents.Select(document => document.Digest).ToHashSet();
        var others = InOrder(images.SelectMany(image => image.Blobs).Where(blob => !digests.Contains(blob.Digest)));
        List<Descriptor> needed = [.. documents, .. others];
        var byDigest = needed.ToDictionary(blob => blob.Digest);
        foreach (var blob in inventory.Blobs)
        {
            if (byDigest.TryGetValue(blob.Digest, out var its))
                Check(blob, its, digests.Contains(blob.Digest));
            else
                findings.Add(Message.BlobSurplus(blob.Digest.ToString()));
        }
        var here = inventory.Blobs.Select(blob => blob.Digest).ToHashSet();
        var order = needed.Select(blob => blob.Digest).Where(here.Contains);
        var said = inventory.Blobs.Select(blob => blob.Digest).Where(byDigest.ContainsKey);
        if (!said.SequenceEqual(order))
            findings.Add(
                Message.InventoryDiffers("the order of the blobs", "another", "documents, then the rest, by digest")
            );
    }

    private static List<Descriptor> InOrder(IEnumerable<Descriptor> blobs) =>
        [.. blobs.DistinctBy(blob => blob.Digest).OrderBy(blob => blob.Digest.Hex, StringComparer.Ordinal)];

    private void Check(InventoryBlob said, Descriptor needed, bool isDocument)
    {
        // Damaged, and told of.
        if (!content.Blobs.TryGetValue(said.Digest, out var seen))
            return;
        var isStored = !isDocument && !(said.Sample is { } sample && BlobSampler.Shrinks(sample));
        var (says, found) = (
            Words(said.MediaType, said.Offset, said.Frame, said.IsStored),
            Words(needed.MediaType, seen.Offset, seen.Frame, isStored)
        );
        if (says != found)
            findings.Add(Message.InventoryDiffers(said.Digest.ToString(), says, found));
    }

    private static string Words(string mediaType, long offset, int frame, bool isStored) =>
        FormattableString.Invariant(
            $"offset {offset}, frame {frame}, {(isStored ? "stored" : "compressed")}, {mediaType}"
        );
}
