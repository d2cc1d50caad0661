using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>A manifest before its judge: what it is held against, and what has been said of it so far.</summary>
internal sealed class Judgement(ReleaseManifest manifest, K0sVersion k0s, K0sRelease? release, DateOnly? today)
{
    private readonly List<Verdict> _verdicts = [];

    public ReleaseManifest Manifest => manifest;

    public K0sVersion K0s => k0s;

    /// <summary>Null where the catalogue does not know the k0s release.</summary>
    public K0sRelease? Release => release;

    public string Kubernetes => release?.Kubernetes ?? k0s.Kubernetes;

    /// <summary>Null where the manifest is judged only by the day it was released.</summary>
    public DateOnly? Today => today;

    public IReadOnlyList<Verdict> Verdicts => _verdicts;

    /// <summary>The image of a repository, wherever in the manifest it stands.</summary>
    public ReleaseImage? Find(string repository)
    {
        foreach (var image in manifest.Images)
        {
            if (image.Reference.Name == repository)
                return image;
        }
        return null;
    }

    public void Pass(CouplingRule rule, ReleaseImage image) => _verdicts.Add(new Verdict(rule, image, Finding: null));

    public void Fire(CouplingRule rule, ReleaseImage? image, Finding finding) =>
        _verdicts.Add(new Verdict(rule, image, finding));

    public void Hold(CouplingRule rule, ReleaseImage image, bool holds, Func<Finding> otherwise) =>
        _verdicts.Add(new Verdict(rule, image, holds ? null : otherwise()));
}
