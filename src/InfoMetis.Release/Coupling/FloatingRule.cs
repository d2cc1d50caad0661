using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>
/// Tags that are moved from image to image: by their name, by having fewer numbers than a whole version, or because
/// they are known to have been moved.
/// </summary>
internal sealed record FloatingRule(Claim Claim) : CouplingRule(Claim)
{
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Zero where the count of numbers says nothing.</summary>
    public required int FewerNumbersThan { get; init; }

    /// <summary>Repositories whose short tags are whole versions.</summary>
    public required IReadOnlyList<string> Except { get; init; }

    /// <summary>Tagged references that were seen with more than one digest.</summary>
    public required IReadOnlyList<string> Moved { get; init; }

    public override string Kind => "floating";

    public override bool IsSpecific => false;

    internal override void Judge(Judgement judgement)
    {
        foreach (var image in judgement.Manifest.Images)
        {
            var reference = image.Reference;
            if (Moved.Contains(reference.Tagged))
                judgement.Fire(
                    this,
                    image,
                    Message.TagMoved(Claim, image.Place, image.Name, reference.Tagged, image.IsPinned)
                );
            else
                judgement.Hold(this, image, !Floats(image), () => Floating(image));
        }
    }

    private Finding Floating(ReleaseImage image) =>
        Message.Floating(Claim, image.Place, image.Name, image.Reference.Tagged, image.IsPinned);

    private bool Floats(ReleaseImage image) =>
        image.Reference.Tag is { } tag
        && (
            Tags.Contains(tag)
            || (!Except.Contains(image.Reference.Name) && Numbers(tag) is > 0 and var n && n < FewerNumbersThan)
        );

    /// <summary>How many dotted numbers a tag starts with: three in v2.9.10, two in 1.18-scala_2.12, none in latest.</summary>
    private static int Numbers(string tag)
    {
        var numbers = 0;
        for (var i = tag.StartsWith('v') ? 1 : 0; i < tag.Length && (char.IsAsciiDigit(tag[i]) || tag[i] == '.'); i++)
        {
            if (char.IsAsciiDigit(tag[i]) && (i == 0 || !char.IsAsciiDigit(tag[i - 1])))
                numbers++;
        }
        return numbers;
    }
}
