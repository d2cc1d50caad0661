using System.Globalization;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>Holds the frames of an archive against how its tar must be cut; tells the first that differs.</summary>
internal static class FrameCheck
{
    public static void Run(UnpackedBytes bytes, WalkedContent content, ICollection<Finding> findings)
    {
        if (content.Inventory is { } inventory && inventory.Compression.Kind != bytes.Kind)
            findings.Add(Message.InventoryDiffers("the packing", inventory.Compression.Kind.Word(), bytes.Kind.Word()));
        // Where members are missing or too many, the cuts lie elsewhere for that alone.
        if (!content.IsWhole || bytes.Kind is CompressionKind.None)
            return;
        var (planned, seen) = (bytes.Plan.Frames, bytes.Frames);
        for (var frame = 0; frame < Math.Max(planned.Count, seen.Count); frame++)
        {
            var expected = frame < planned.Count ? Words(planned[frame].Length, planned[frame].IsStored) : "no frame";
            var found = frame < seen.Count ? Words(seen[frame].Size.Content, IsStored(frame)) : "not there";
            if (expected == found)
                continue;
            findings.Add(Message.FramesWrong(frame, expected, found));
            return;
        }

        // Deflate itself stores what does not shrink, so that a stretch that was compressed may look stored.
        bool IsStored(int frame) =>
            bytes.Kind is CompressionKind.Gzip && frame < planned.Count && !planned[frame].IsStored
                ? planned[frame].IsStored
                : seen[frame].IsStored;
    }

    private static string Words(long length, bool isStored) =>
        string.Create(CultureInfo.InvariantCulture, $"{length:N0} bytes, {(isStored ? "stored" : "compressed")}");
}
