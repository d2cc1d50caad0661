using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release;

/// <summary>Compares the pins of releases with what their registries hold now. Unknown is never absent, and never drift.</summary>
public sealed class ReleaseDrift(RegistryClient registries)
{
    /// <summary>Judges each manifest; nothing found in one keeps the others from being judged, and no image is asked for twice.</summary>
    public async Task<DriftResult> CompareAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var manifests = files.Select(Read).ToList();
        var pins = manifests
            .SelectMany(pair => pair.Manifest?.Images ?? [])
            .Where(image => image.IsPinned)
            .Select(image => image.Reference)
            .Distinct()
            .ToList();
        var answers = await Questions.AskAllAsync(pins, AskAsync, cancellationToken);
        var known = pins.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        return new DriftResult([.. manifests.Select(read => Judge(read.File, read.Manifest, read.Findings, known))]);
    }

    private static (string File, ReleaseManifest? Manifest, List<Finding> Findings) Read(string file)
    {
        var findings = new List<Finding>();
        var manifest = ManifestReader.Read(file, findings);
        return (file, manifest, findings.FindAll(finding => finding.Code != Codes.Unpinned));
    }

    private static ManifestDrift Judge(
        string file,
        ReleaseManifest? manifest,
        List<Finding> findings,
        Dictionary<ImageReference, Upstream> known
    )
    {
        var images = new List<ImageDrift>();
        foreach (var image in manifest?.Images ?? [])
        {
            var now = known.GetValueOrDefault(image.Reference);
            images.Add(ImageDrift.Of(image, now));
            findings.AddRange(now is null ? [Unpinned(image)] : Findings(image, now));
        }
        return new ManifestDrift(file, manifest, images, findings);
    }

    private static Finding Unpinned(ReleaseImage image) =>
        Message.NothingToDriftFrom(image.Place, image.Name, image.Reference.ToString());

    private static IEnumerable<Finding> Findings(ReleaseImage image, Upstream now)
    {
        var (place, name, tagged, pin) = (image.Place, image.Name, image.Reference.Tagged, image.Reference.Digest);
        if (now.PinExists is false)
            yield return Message.PinVanished(place, name, image.Reference.ToString());
        if (now.TagIsGone)
            yield return Message.TagVanished(place, name, tagged, $"{pin}");
        if (now.TagDigest is { } digest && digest != pin)
            yield return Message.TagMovedUpstream(place, name, tagged, $"{pin}", digest.ToString());
        if (now.Lost.Count > 0)
            yield return Message.PlatformLost(place, name, tagged, string.Join(", ", now.Lost));
        if (now.Gained.Count > 0)
            yield return Message.PlatformGained(place, name, tagged, string.Join(", ", now.Gained));
        foreach (var failure in now.Failures)
            yield return Questions.At(image, failure);
    }

    private async Task<Upstream> AskAsync(ImageReference pin, CancellationToken cancellationToken)
    {
        var now = new Upstream();
        try
        {
            var source = registries.Source(pin);
            now = now with { PinExists = await source.HasManifestAsync($"{pin.Digest}", cancellationToken) };
            if (await TaggedAsync(source, pin.Tag!, cancellationToken) is not { } tagged)
                return now with { TagIsGone = true };
            now = now with { TagDigest = tagged.Descriptor.Digest };
            if (now.PinExists is false || now.TagDigest == pin.Digest)
                return now;
            var before = await UpstreamImage.ReadAsync(source, $"{pin.Digest}", cancellationToken);
            var after = await UpstreamImage.OfAsync(source, tagged, cancellationToken);
            return now with
            {
                Gained = [.. after.Platforms.Except(before.Platforms)],
                Lost = [.. before.Platforms.Except(after.Platforms)],
            };
        }
        catch (ReleaseException exception)
        {
            return now with { Failures = exception.Findings };
        }
    }

    private static async Task<ResolvedManifest?> TaggedAsync(
        RegistrySource source,
        string tag,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await source.ReadManifestAsync(tag, cancellationToken);
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.RegistryNotFound)
        {
            return null;
        }
    }
}
