using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>Images that are released together carry one version; the first one listed that is there sets it.</summary>
internal sealed record LockstepRule(Claim Claim, IReadOnlyList<string> Images) : CouplingRule(Claim)
{
    public override string Kind => "lockstep";

    internal override void Judge(Judgement judgement)
    {
        var present = Images.Select(judgement.Find).OfType<ReleaseImage>().ToList();
        if (present.Count < 2)
            return;
        var leader = present[0];
        if (!ImageVersion.TryRead(leader, out var expected))
        {
            judgement.Fire(this, leader, Message.VersionUnknown(Claim, leader.Place, leader.Name, leader.Version));
            return;
        }
        judgement.Pass(this, leader);
        foreach (var image in present.Skip(1))
        {
            if (!ImageVersion.TryRead(image, out var version))
                judgement.Fire(this, image, Message.VersionUnknown(Claim, image.Place, image.Name, image.Version));
            else
                judgement.Hold(this, image, version == expected, () => Broken(image, leader));
        }
    }

    private Finding Broken(ReleaseImage image, ReleaseImage leader) =>
        Message.LockstepBroken(Claim, image.Place, image.Name, image.Version, leader.Name, leader.Version);
}
