using System.Globalization;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using NuGet.Versioning;

namespace InfoMetis.Release.Coupling;

/// <summary>Versions whose support ended: before the release was made, or, where today is asked about, since then.</summary>
internal sealed record EndedRule(Claim Claim, IReadOnlyList<string> Images, VersionRange Versions, DateOnly Ended)
    : CouplingRule(Claim)
{
    public override string Kind => "ended";

    internal override void Judge(Judgement judgement)
    {
        foreach (var image in Images.Select(judgement.Find).OfType<ReleaseImage>())
        {
            if (!ImageVersion.TryRead(image, out var version))
                judgement.Fire(this, image, Message.VersionUnknown(Claim, image.Place, image.Name, image.Version));
            else if (Versions.Satisfies(version))
                JudgeDate(judgement, image);
        }
    }

    private void JudgeDate(Judgement judgement, ReleaseImage image)
    {
        var released = DateOnly.FromDateTime(judgement.Manifest.Released.UtcDateTime);
        if (Ended < released)
            judgement.Fire(this, image, SupportEnded(Claim, image, $"the release of {Date(released)}"));
        else if (judgement.Today is { } today && Ended < today)
            judgement.Fire(
                this,
                image,
                SupportEnded(Claim with { Severity = Severity.Information }, image, $"today, {Date(today)}")
            );
        else
            judgement.Pass(this, image);
    }

    private Finding SupportEnded(Claim claim, ReleaseImage image, string measuredAgainst) =>
        Message.SupportEnded(claim, image.Place, image.Name, image.Version, Date(Ended), measuredAgainst);

    private static string Date(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
