using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Coupling;

/// <summary>
/// The auxiliary images are those that k0s asks for: none absent, none too many, each from the right repository with the right tag.
/// </summary>
internal sealed record K0sImagesRule(Claim Claim) : CouplingRule(Claim)
{
    public override string Kind => "k0s-images";

    internal override void Judge(Judgement judgement)
    {
        if (judgement.Release is not { } release)
            return;
        var left = judgement.Manifest.Auxiliary.ToList();
        // Whole matches first, so that no near miss takes the place of an exact one.
        var unmet = release.Images.Where(asked =>
            !Meet(judgement, left, image => image.Reference.Tagged == asked.Reference.Tagged)
        );
        foreach (var asked in unmet.ToList())
            JudgeUnmet(judgement, asked, left);
        foreach (var optional in release.Optional)
            JudgeOptional(judgement, optional, left);
        foreach (var image in left)
            judgement.Fire(this, image, Surplus(judgement, image));
    }

    /// <summary>A default installation does without it, but a release may switch its feature on.</summary>
    private void JudgeOptional(Judgement judgement, K0sImage optional, List<ReleaseImage> left)
    {
        if (
            !Meet(judgement, left, image => image.Reference.Tagged == optional.Reference.Tagged)
            && Take(left, optional) is { } near
        )
            judgement.Fire(this, near, Differs(judgement, optional, near));
    }

    private bool Meet(Judgement judgement, List<ReleaseImage> left, Predicate<ReleaseImage> isMet)
    {
        var met = left.FindIndex(isMet);
        if (met < 0)
            return false;
        judgement.Pass(this, left[met]);
        left.RemoveAt(met);
        return true;
    }

    private void JudgeUnmet(Judgement judgement, K0sImage asked, List<ReleaseImage> left)
    {
        if (Take(left, asked) is { } near)
            judgement.Fire(this, near, Differs(judgement, asked, near));
        else
            judgement.Fire(this, image: null, Absent(judgement, asked));
    }

    /// <summary>The auxiliary image that was meant to be the one asked for: same repository, or else same name.</summary>
    private static ReleaseImage? Take(List<ReleaseImage> left, K0sImage asked)
    {
        var near =
            left.Find(image => image.Reference.Name == asked.Reference.Name)
            ?? left.Find(image => image.Name == asked.Name || LastPart(image.Reference) == LastPart(asked.Reference));
        if (near is not null)
            left.Remove(near);
        return near;
    }

    private Finding Differs(Judgement judgement, K0sImage asked, ReleaseImage near)
    {
        var (k0s, expected, found) = (judgement.K0s.ToString(), asked.Reference.Tagged, near.Reference.Tagged);
        return near.Reference.Name == asked.Reference.Name
            ? Message.AuxiliaryTag(Claim, near.Place, near.Name, k0s, expected, found)
            : Message.AuxiliaryRepository(Claim, near.Place, near.Name, k0s, expected, found);
    }

    private Finding Absent(Judgement judgement, K0sImage asked)
    {
        var (k0s, expected) = (judgement.K0s.ToString(), asked.Reference.Tagged);
        var app = judgement.Manifest.Apps.FirstOrDefault(app => app.Reference.Tagged == expected);
        return app is null
            ? Message.AuxiliaryAbsent(Claim, judgement.Manifest.AuxiliaryPlace, asked.Name, k0s, expected)
            : Message.AuxiliaryAmongApps(Claim, app.Place, asked.Name, k0s, expected);
    }

    private Finding Surplus(Judgement judgement, ReleaseImage image) =>
        Message.AuxiliarySurplus(Claim, image.Place, image.Name, judgement.K0s.ToString(), image.Reference.Tagged);

    private static string LastPart(ImageReference reference) =>
        reference.Repository[(reference.Repository.LastIndexOf('/') + 1)..];
}
