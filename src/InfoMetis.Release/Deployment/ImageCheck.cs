using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Deployment;

/// <summary>Compares the images that are deployed with those that a release holds.</summary>
internal sealed class ImageCheck(ReleaseManifest manifest, ICollection<Finding> findings)
{
    private const string DefaultTag = "latest";

    private readonly ILookup<string, ReleaseImage> _held = manifest.Images.ToLookup(image => image.Reference.Name);
    private readonly HashSet<string> _deployed = new(StringComparer.Ordinal);

    public void Check(DeployedImage deployed)
    {
        var place = deployed.Image.Place;
        if (deployed.Image is not YamlText text)
        {
            findings.Add(Message.DeployedImageNoText(place, deployed.Image.Kind));
            return;
        }
        if (!ImageReference.TryParse(text.Value, out var reference, out var reason))
        {
            findings.Add(Message.DeployedImageUnread(place, text.Value, reason));
            return;
        }
        Compare(place, reference);
        CheckPolicy(place, reference, deployed.PullPolicy);
    }

    /// <summary>Applications only: k0s itself deploys the auxiliary images.</summary>
    public void ReportNeverDeployed()
    {
        foreach (var app in manifest.Apps)
        {
            if (!_deployed.Contains(app.Name))
                findings.Add(Message.NeverDeployed(app.Place, app.Name, app.Reference.ToString()));
        }
    }

    private void Compare(Place place, ImageReference reference)
    {
        var held = _held[reference.Name].ToList();
        if (reference.Digest is { } digest)
            CompareDigest(place, reference, digest, held);
        else
            CompareTag(place, reference, held);
    }

    /// <summary>Where there is a digest it alone decides which image runs; a tag beside it is only a name.</summary>
    private void CompareDigest(Place place, ImageReference reference, Digest digest, List<ReleaseImage> held)
    {
        if (held.Find(image => image.Reference.Digest == digest) is { } same)
        {
            _deployed.Add(same.Name);
            return;
        }
        var meant = reference.Tag is null ? held : held.FindAll(image => image.Reference.Tag == reference.Tag);
        if (meant.Count == 0 || (reference.Tag is null && !meant.Exists(image => image.IsPinned)))
        {
            findings.Add(Message.DeployedNotInRelease(place, reference.ToString(), Tags(held)));
            return;
        }
        _deployed.UnionWith(meant.Select(image => image.Name));
        var pins = meant.FindAll(image => image.IsPinned);
        if (pins.Count > 0)
        {
            var pinned = string.Join(", ", pins.Select(image => image.Reference));
            findings.Add(Message.DeployedDigestDiffers(place, pins[0].Name, reference.ToString(), pinned));
        }
    }

    private void CompareTag(Place place, ImageReference reference, List<ReleaseImage> held)
    {
        var tag = reference.Tag ?? DefaultTag;
        if (held.Find(image => image.Reference.Tag == tag) is not { } same)
        {
            findings.Add(Message.DeployedNotInRelease(place, $"{reference.Name}:{tag}", Tags(held)));
            return;
        }
        _deployed.Add(same.Name);
        if (same.Reference.Digest is { } pinned)
            findings.Add(Message.DeployedByTag(place, same.Name, same.Reference.Tagged, pinned.ToString()));
    }

    private void CheckPolicy(Place place, ImageReference reference, YamlText? policy)
    {
        if (policy is { Value: "Always" })
            findings.Add(Message.AlwaysPullsByPolicy(policy.Place, reference.ToString()));
        else if (policy is null && reference is { Tag: DefaultTag } or { Tag: null, Digest: null })
            findings.Add(Message.AlwaysPullsByTag(place, reference.ToString()));
    }

    private static string Tags(List<ReleaseImage> held) =>
        string.Join(", ", held.Select(image => $"'{image.Reference.Tag}'"));
}
