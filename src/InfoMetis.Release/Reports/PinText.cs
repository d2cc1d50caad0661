using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>What was pinned, for people: a table of old and new, what went wrong, and the sum on the last line.</summary>
public sealed class PinText(TextWriter writer, Palette palette)
{
    /// <param name="isWritten">Whether the new digests are in the file now.</param>
    public void Write(PinResult result, IReadOnlyList<Finding> findings, bool isWritten)
    {
        var table = new TextTable("IMAGE", "TAG", "OLD", "NEW");
        foreach (var pin in result.Pins)
            table.Add(
                pin.Image.Name,
                pin.Image.Reference.Tag ?? "",
                ShortDigest.Of(pin.Image.Reference.Digest) ?? "none",
                New(pin)
            );
        if (result.Pins.Count > 0)
        {
            table.Write(writer);
            writer.WriteLine();
        }
        foreach (var finding in findings)
        {
            FindingText.Write(writer, finding, palette);
            writer.WriteLine();
        }
        writer.WriteLine(
            $"{result.Manifest.File}: {Sum(result)}{(isWritten || !result.HasChanged ? "" : "; nothing is written")}"
        );
    }

    private static string New(Pin pin) =>
        pin.Status switch
        {
            PinStatus.Failed => "failed",
            PinStatus.Unchanged => "unchanged",
            _ => ShortDigest.Of(pin.Digest)!,
        };

    private string Sum(PinResult result)
    {
        if (result.Pins.Count == 0)
            return palette.Good("every image is pinned already");
        var sum =
            $"{result.Count(PinStatus.Pinned)} pinned, {result.Count(PinStatus.Unchanged)} unchanged, {result.Count(PinStatus.Failed)} failed";
        return result.Count(PinStatus.Failed) == 0 ? palette.Good(sum) : palette.Bad(sum);
    }
}
