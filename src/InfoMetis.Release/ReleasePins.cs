using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Reports;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release;

/// <summary>Asks registries what tags name, and puts the digests into a manifest.</summary>
public sealed class ReleasePins(RegistryClient registries)
{
    /// <summary>The manifest with its images pinned; one that cannot be pinned is reported and keeps no other from it.</summary>
    /// <exception cref="ReleaseException">The file is no manifest that could be pinned.</exception>
    public async Task<PinResult> PinAsync(string file, PinOptions options, CancellationToken cancellationToken)
    {
        var (text, manifest) = Read(file);
        var platforms = options.Platforms.Count > 0 ? options.Platforms : manifest.Platforms;
        var images = manifest.Images.Where(image => options.Update || !image.IsPinned).ToList();
        var answers = await Questions.AskAllAsync(
            images,
            (image, token) => ResolveAsync(image, platforms, token),
            cancellationToken
        );
        var findings = answers.SelectMany(answer => answer.Findings).ToList();
        var edits = images
            .Zip(answers)
            .Where(pair => pair.Second.Digest is not null)
            .Select(pair => new PinEdit(pair.First, pair.Second.Digest!.Value))
            .ToList();
        var edited = PinEdit.Apply(text, edits, findings);
        return new PinResult(
            manifest,
            text,
            edited,
            Pins(images, edits, Reread(file, edited)),
            [.. findings.OrderBy(finding => finding.Place?.File == file ? finding.Place.Line : 0)]
        );
    }

    private static (string Text, ReleaseManifest Manifest) Read(string file)
    {
        var findings = new List<Finding>();
        var text = TextFile.Read(file, ManifestReader.LargestManifest, findings);
        var manifest = text is null ? null : ManifestReader.Parse(file, text, findings);
        return text is null || manifest is null
            ? throw new ReleaseException(findings.FindAll(finding => finding.Code != Codes.Unpinned))
            : (text, manifest);
    }

    /// <summary>What the edited text says, by the name of the image: nothing is taken for pinned that does not read so.</summary>
    private static Dictionary<string, ReleaseImage> Reread(string file, string edited) =>
        (
            ManifestReader.Parse(file, edited, [])
            ?? throw new InvalidOperationException("the edited manifest cannot be read")
        ).Images.ToDictionary(image => image.Name, StringComparer.Ordinal);

    private static IReadOnlyList<Pin> Pins(
        List<ReleaseImage> images,
        List<PinEdit> edits,
        Dictionary<string, ReleaseImage> written
    )
    {
        var digests = edits.ToDictionary(edit => edit.Image.Name, edit => edit.Digest, StringComparer.Ordinal);
        return
        [
            .. images.Select(image =>
                digests.TryGetValue(image.Name, out var digest) && written[image.Name].Reference.Digest == digest
                    ? new Pin(image, digest)
                    : new Pin(image, Digest: null)
            ),
        ];
    }

    private async Task<(Digest? Digest, IReadOnlyList<Finding> Findings)> ResolveAsync(
        ReleaseImage image,
        IReadOnlyList<Platform> platforms,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var source = registries.Source(image.Reference);
            var found = await UpstreamImage.ReadAsync(source, image.Reference.Tag!, cancellationToken);
            var lacking = platforms.Except(found.Platforms).ToList();
            return lacking.Count == 0
                ? (found.Digest, [])
                : (null, [.. lacking.Select(platform => Lacking(image, platform, found))]);
        }
        catch (ReleaseException exception)
        {
            return (null, [.. exception.Findings.Select(finding => Questions.At(image, finding))]);
        }
    }

    private static Finding Lacking(ReleaseImage image, Platform platform, UpstreamImage found) =>
        Message.PlatformLacking(
            image.Place,
            image.Name,
            image.Reference.Tagged,
            platform.ToString(),
            string.Join(", ", found.Platforms)
        );
}
