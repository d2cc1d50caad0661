using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using NuGet.Versioning;

namespace InfoMetis.Release.Coupling;

/// <summary>
/// Certain versions of an image need something else in a range: Kubernetes, another image, or, where nothing else is named,
/// the image itself.
/// </summary>
internal sealed record RangeRule(Claim Claim, string Image, VersionRange? Versions, string? Against, VersionRange Range)
    : CouplingRule(Claim)
{
    public const string Kubernetes = "kubernetes";

    public override string Kind => "range";

    internal override void Judge(Judgement judgement)
    {
        if (judgement.Find(Image) is not { } image)
            return;
        if (!ImageVersion.TryRead(image, out var version))
            judgement.Fire(this, image, Message.VersionUnknown(Claim, image.Place, image.Name, image.Version));
        else if (Versions is null || Versions.Satisfies(version))
            JudgeOther(judgement, image);
    }

    private void JudgeOther(Judgement judgement, ReleaseImage image)
    {
        var other = Against is null ? image : judgement.Find(Against);
        var (name, found) =
            Against is Kubernetes ? ("Kubernetes", judgement.Kubernetes) : (other?.Name, other?.Version);
        if (name is null || found is null)
            return;
        if (ImageVersion.TryParse(found, out var version))
            judgement.Hold(this, image, Range.Satisfies(version), () => OutOfRange(image, name, found));
        else
            judgement.Fire(this, image, Message.VersionUnknown(Claim, (other ?? image).Place, name, found));
    }

    private Finding OutOfRange(ReleaseImage image, string other, string found) =>
        Message.OutOfRange(
            Claim,
            image.Place,
            image.Name,
            image.Version,
            other,
            found,
            Range.OriginalString ?? Range.ToNormalizedString()
        );
}
