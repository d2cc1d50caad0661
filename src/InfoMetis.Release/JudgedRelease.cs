using System.Text;
using InfoMetis.Release.Bundle;
using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release;

/// <summary>A release that the gate lets through: every image pinned, and nothing found that nobody answers for.</summary>
public sealed record JudgedRelease
{
    /// <summary>What the gate found, graver and less grave, with nothing left out.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<AcceptedFinding> Accepted { get; init; }
    public required ReleaseManifest Manifest { get; init; }
    public required K0sVersion K0s { get; init; }

    /// <summary>The manifest as it goes into the bundle.</summary>
    public required ReadOnlyMemory<byte> ManifestBytes { get; init; }

    /// <summary>The whole judgement as JSON, under the name that the manifest has in the bundle.</summary>
    public required ReadOnlyMemory<byte> Coupling { get; init; }

    /// <exception cref="ReleaseException">The gate refuses: with all that nobody answers for.</exception>
    public static JudgedRelease Judge(ReleaseBuilder builder, string file, IReadOnlyDictionary<string, string> accept)
    {
        var findings = new List<Finding>();
        var text =
            TextFile.Read(file, ManifestReader.LargestManifest, findings) ?? throw new ReleaseException(findings);
        return Judge(builder, file, text, accept);
    }

    /// <summary>As above, for a manifest in hand.</summary>
    /// <param name="name">What findings call it.</param>
    public static JudgedRelease Judge(
        ReleaseBuilder builder,
        string name,
        string text,
        IReadOnlyDictionary<string, string> accept
    )
    {
        var judged = builder.Check(name, text, new CheckOptions());
        var refused = judged.Findings.Where(finding => finding.Severity is Severity.Error).ToList();
        var left = refused.Where(finding => !accept.ContainsKey(finding.Code)).ToList();
        if (judged.Manifest is null || left.Count > 0)
            throw new ReleaseException(left.Count > 0 ? left : refused);
        // An image without a pin is no matter of taste.
        if (judged.Manifest.Images.FirstOrDefault(image => !image.IsPinned) is not null)
            throw new ReleaseException(refused);
        return new JudgedRelease
        {
            Findings = judged.Findings,
            Accepted = [.. refused.Select(f => new AcceptedFinding(f.Code, f.Subject, f.Fact, accept[f.Code]))],
            Manifest = judged.Manifest,
            K0s = judged.Coupling!.K0s,
            ManifestBytes = Encoding.UTF8.GetBytes(text),
            Coupling = CouplingOf(builder, text),
        };
    }

    /// <summary>The same judgement of the same text is the same bytes, wherever the manifest lay.</summary>
    internal static byte[] CouplingOf(ReleaseBuilder builder, string text)
    {
        var judged = builder.Check(Path.GetFileName(BundleNames.ReleaseMember), text, new CheckOptions());
        return JsonText.Bytes(json =>
            new CheckJson(json).Write(new CheckResult([judged]), ExitCodes.Gravest(judged.Findings, strict: false))
        );
    }
}
