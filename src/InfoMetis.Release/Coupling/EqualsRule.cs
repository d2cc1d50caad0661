using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>The version of an image is that of k0s itself, or of the Kubernetes inside it.</summary>
internal sealed record EqualsRule(Claim Claim, string Image, string What) : CouplingRule(Claim)
{
    public const string K0s = "k0s";
    public const string Kubernetes = "kubernetes";

    public override string Kind => "equals";

    internal override void Judge(Judgement judgement)
    {
        if (judgement.Find(Image) is not { } image)
            return;
        if (What is K0s)
            JudgeK0s(judgement, image);
        else
            JudgeKubernetes(judgement, image);
    }

    private void JudgeK0s(Judgement judgement, ReleaseImage image)
    {
        if (ImageVersion.TryParseK0s(image.Version, out var version))
            judgement.Hold(this, image, version == judgement.K0s, () => NotEqual(image, judgement.K0s.ToString()));
        else
            judgement.Fire(this, image, Message.VersionUnknown(Claim, image.Place, image.Name, image.Version));
    }

    private void JudgeKubernetes(Judgement judgement, ReleaseImage image)
    {
        var expected = judgement.Kubernetes;
        if (ImageVersion.TryRead(image, out var version) && ImageVersion.TryParse(expected, out var kubernetes))
            judgement.Hold(this, image, version == kubernetes, () => NotEqual(image, $"v{expected}"));
        else
            judgement.Fire(this, image, Message.VersionUnknown(Claim, image.Place, image.Name, image.Version));
    }

    private Finding NotEqual(ReleaseImage image, string expected) =>
        Message.NotEqual(
            Claim,
            image.Place,
            image.Name,
            image.Version,
            What is K0s ? "the k0s it must fit" : "Kubernetes",
            expected
        );
}
