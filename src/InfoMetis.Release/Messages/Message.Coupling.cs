namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong between the images of a release, or between them and k0s.</summary>
public static partial class Message
{
    public static Finding AuxiliaryAbsent(Claim claim, Place place, string name, string k0s, string expected) =>
        Claimed(
            Codes.AuxiliaryAbsent,
            claim,
            name,
            $"k0s {k0s} asks for {expected}, which is not among the auxiliary images",
            "Add it under 'auxiliary:'.",
            place
        );

    public static Finding AuxiliaryAmongApps(Claim claim, Place place, string name, string k0s, string expected) =>
        Claimed(
            Codes.AuxiliaryAbsent,
            claim,
            name,
            $"k0s {k0s} asks for {expected}, which stands among the applications",
            "Move it under 'auxiliary:'.",
            place
        );

    public static Finding AuxiliarySurplus(Claim claim, Place place, string name, string k0s, string found) =>
        Claimed(
            Codes.AuxiliarySurplus,
            claim,
            name,
            $"{found} is an auxiliary image that k0s {k0s} does not ask for",
            "Remove it, or move it under 'apps:'.",
            place
        );

    public static Finding AuxiliaryTag(
        Claim claim,
        Place place,
        string name,
        string k0s,
        string expected,
        string found
    ) =>
        Claimed(
            Codes.AuxiliaryTag,
            claim,
            name,
            $"{found} does not fit k0s {k0s}, which asks for {expected}",
            $"Write {expected} and pin it anew.",
            place
        );

    public static Finding AuxiliaryRepository(
        Claim claim,
        Place place,
        string name,
        string k0s,
        string expected,
        string found
    ) =>
        Claimed(
            Codes.AuxiliaryRepository,
            claim,
            name,
            $"{found} comes from another repository than k0s {k0s} asks for, which is {expected}",
            $"Write {expected} and pin it anew.",
            place
        );

    public static Finding LockstepBroken(
        Claim claim,
        Place place,
        string name,
        string version,
        string leader,
        string expected
    ) =>
        Claimed(
            Codes.LockstepBroken,
            claim,
            name,
            $"{name} is {version} while {leader} is {expected}",
            $"Take {name} {expected}.",
            place
        );

    public static Finding OutOfRange(
        Claim claim,
        Place place,
        string name,
        string version,
        string other,
        string found,
        string range
    ) =>
        Claimed(
            Codes.OutOfRange,
            claim,
            name,
            name == other
                ? $"{name} is {found}, which is outside {range}"
                : $"{name} {version} fits {other} {range}, found is {found}",
            $"Take versions that fit {range}.",
            place
        );

    public static Finding NotEqual(
        Claim claim,
        Place place,
        string name,
        string version,
        string what,
        string expected
    ) =>
        Claimed(
            Codes.NotEqual,
            claim,
            name,
            $"{name} is {version} while {what} is {expected}",
            $"Take {name} {expected}.",
            place
        );

    public static Finding Floating(Claim claim, Place place, string name, string reference, bool isPinned) =>
        Claimed(
            Codes.Floating,
            claim,
            name,
            isPinned
                ? $"{reference} is a floating tag, held still by its digest (low risk)"
                : $"{reference} is a floating tag and no digest holds it (high risk)",
            isPinned ? "Keep the digest; deploy by digest or from the bundle only." : "Pin it by digest.",
            place
        );

    public static Finding TagMoved(Claim claim, Place place, string name, string reference, bool isPinned) =>
        Claimed(
            Codes.TagMoved,
            claim,
            name,
            isPinned
                ? $"{reference} is known to have named different images over time, and its digest says which is meant (low risk)"
                : $"{reference} is known to have named different images over time, and no digest says which is meant (high risk)",
            isPinned ? "Keep the digest." : "Pin it by digest.",
            place
        );

    public static Finding SupportEnded(
        Claim claim,
        Place place,
        string name,
        string version,
        string ended,
        string measuredAgainst
    ) =>
        Claimed(
            Codes.SupportEnded,
            claim,
            name,
            $"support of {name} {version} ended on {ended}, before {measuredAgainst}",
            "Plan the move to a supported version.",
            place
        );

    public static Finding UnknownK0sRelease(Place? place, string k0s, string? nearest) =>
        Error(
            Codes.UnknownK0sRelease,
            "k0s",
            $"the catalogue knows no k0s release {k0s}, so its images cannot be compared",
            nearest is null ? "See 'imrel k0s list'." : $"The nearest is {nearest}; see 'imrel k0s list'.",
            place
        );

    public static Finding CatalogLayout(Place place) =>
        Error(
            Codes.BadValue,
            "releases",
            "the releases of a k0s catalogue must start with lines of the form '  - version: v1.23.17+k0s.1'",
            "Indent each release by two blanks and name its version first.",
            place
        );

    public static Finding VersionUnknown(Claim claim, Place place, string name, string version) =>
        Claimed(
            Codes.VersionUnknown,
            claim with
            {
                Severity = Severity.Warning,
                Hint = null,
            },
            name,
            $"{name} cannot be judged, for {Quote(version)} is no version",
            "State what it really is with 'version:'.",
            place
        );

    public static Finding RuleBroken(Place place, string rule, string reason) =>
        Error(
            Codes.RuleBroken,
            rule,
            $"the rule {Quote(rule)} cannot be used: {reason}",
            "See docs/coupling.md.",
            place
        );

    /// <summary>The values first, then the rule's own sentence as the reason.</summary>
    private static Finding Claimed(string code, Claim claim, string subject, string fact, string hint, Place? place) =>
        new(code, claim.Severity, subject, $"{fact}: {claim.Sentence}")
        {
            Hint = claim.Hint ?? hint,
            Place = place,
            Rule = claim.Rule,
            Source = claim.Source,
        };
}
