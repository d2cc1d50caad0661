using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Reports;

/// <summary>A check for people: a table of the images, everything found, and the verdict on the last lines.</summary>
public sealed class CheckText(TextWriter writer, Palette palette)
{
    private static readonly Severity[] GravestFirst = [Severity.Error, Severity.Warning, Severity.Information];

    public void Write(CheckResult result)
    {
        foreach (var manifest in result.Manifests)
        {
            Write(manifest);
            writer.WriteLine();
        }
        foreach (var manifest in result.Manifests)
            Verdict(manifest);
    }

    private void Write(CheckedManifest result)
    {
        if (result is { Manifest: { } manifest, Coupling: { } coupling })
        {
            writer.WriteLine($"{manifest.Name} {manifest.Version} against k0s {coupling.K0s}");
            writer.WriteLine();
            Images(result, manifest, coupling);
            writer.WriteLine();
            writer.WriteLine(Auxiliary(manifest, coupling));
        }
        foreach (var severity in GravestFirst)
            Findings(result.Findings.Where(finding => finding.Severity == severity));
    }

    private void Findings(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            writer.WriteLine();
            FindingText.Write(writer, finding, palette);
        }
    }

    private void Images(CheckedManifest result, ReleaseManifest manifest, CouplingReport coupling)
    {
        var table = new TextTable("IMAGE", "TAG", "PIN", "VERDICT", "CHECKED");
        foreach (var image in manifest.Images)
        {
            table.Add(
                image.Name,
                image.Reference.Tag ?? "",
                ShortDigest.Of(image.Reference.Digest) ?? "none",
                Word(result.GravestOf(image)),
                Checked(coupling, image)
            );
        }
        table.Write(writer);
    }

    private static string Word(Finding? gravest) =>
        gravest switch
        {
            null => "ok",
            { Severity: Severity.Error } => "refused",
            { Severity: Severity.Warning } => "warning",
            _ => "ok",
        };

    /// <summary>The kinds of rules that spoke of an image; every tag is looked at, so that is said only where it floats.</summary>
    private static string Checked(CouplingReport coupling, ReleaseImage image)
    {
        var kinds = coupling
            .Verdicts.Where(verdict =>
                ReferenceEquals(verdict.Image, image) && (verdict.Finding is not null || verdict.Rule.IsSpecific)
            )
            .Select(verdict => ShortKind(verdict.Rule.Kind))
            .Distinct(StringComparer.Ordinal);
        return string.Join(' ', kinds);
    }

    /// <summary>Short words keep the table within 80 columns.</summary>
    private static string ShortKind(string kind) =>
        kind switch
        {
            "k0s-images" => "k0s",
            "floating" => "tag",
            "ended" => "end",
            _ => kind,
        };

    /// <summary>One line on what matters most: whether k0s will find the images it asks for.</summary>
    private string Auxiliary(ReleaseManifest manifest, CouplingReport coupling)
    {
        if (coupling.Release is not { } release)
            return palette.Bad($"auxiliary images: not compared, k0s {coupling.K0s} is unknown");
        var differences = coupling.Findings.Count(finding => IsAboutAuxiliary(finding.Code));
        return differences == 0
            ? palette.Good($"auxiliary images: exactly the {release.Images.Count} that k0s {coupling.K0s} asks for")
            : palette.Bad(
                $"auxiliary images: {manifest.Auxiliary.Count} given, {release.Images.Count} asked for, {Count(differences, "difference")}"
            );
    }

    private static bool IsAboutAuxiliary(string code) =>
        code is Codes.AuxiliaryAbsent or Codes.AuxiliarySurplus or Codes.AuxiliaryTag or Codes.AuxiliaryRepository;

    private void Verdict(CheckedManifest result)
    {
        var errors = result.Findings.Count(finding => finding.Severity is Severity.Error);
        var warnings = result.Findings.Count(finding => finding.Severity is Severity.Warning);
        var unpinned = result.Findings.Count(finding => finding.Code is Codes.Unpinned);
        var counts = $"{Count(errors, "error")}, {Count(warnings, "warning")}";
        if (unpinned > 0)
            counts += $", {unpinned} of {result.Manifest?.Images.Count() ?? unpinned} images unpinned";
        var word = errors == 0 ? palette.Good("sound") : palette.Bad("refused");
        writer.WriteLine($"{result.File}: {word} ({counts})");
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
