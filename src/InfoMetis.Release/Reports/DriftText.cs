using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>Drift for people: a table of the images, everything found, and the verdict on the last lines.</summary>
public sealed class DriftText(TextWriter writer, Palette palette)
{
    public void Write(DriftResult result)
    {
        foreach (var manifest in result.Manifests)
            Write(manifest);
        foreach (var manifest in result.Manifests)
            writer.WriteLine($"{manifest.File}: {Verdict(manifest)}");
    }

    /// <summary>The word for a status, the same wherever it appears.</summary>
    internal static string Name(DriftStatus status) =>
        status switch
        {
            DriftStatus.Same => "same",
            DriftStatus.Drifted => "drifted",
            DriftStatus.Unknown => "unknown",
            _ => "unpinned",
        };

    private void Write(ManifestDrift manifest)
    {
        if (manifest.Images.Count > 0)
        {
            var table = new TextTable("IMAGE", "TAG", "PIN", "NOW", "VERDICT");
            foreach (var image in manifest.Images)
                table.Add(
                    image.Image.Name,
                    image.Image.Reference.Tag ?? "",
                    ShortDigest.Of(image.Image.Reference.Digest) ?? "none",
                    Now(image.Now),
                    Name(image.Status)
                );
            table.Write(writer);
            writer.WriteLine();
        }
        foreach (var finding in manifest.Findings)
        {
            FindingText.Write(writer, finding, palette);
            writer.WriteLine();
        }
    }

    private static string Now(Upstream? now) =>
        now is null ? ""
        : now.TagIsGone ? "gone"
        : ShortDigest.Of(now.TagDigest) ?? "?";

    private string Verdict(ManifestDrift manifest)
    {
        if (manifest.Manifest is null)
            return palette.Bad("not a manifest that can be read");
        var counts =
            $"{manifest.Count(DriftStatus.Same)} same, {manifest.Count(DriftStatus.Drifted)} drifted, {manifest.Count(DriftStatus.Unknown)} unknown, {manifest.Count(DriftStatus.Unpinned)} unpinned";
        return manifest.Findings.Any(finding => finding.Severity is Severity.Error)
            ? palette.Bad(counts)
            : palette.Good(counts);
    }
}
