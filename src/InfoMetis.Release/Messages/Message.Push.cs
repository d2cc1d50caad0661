namespace InfoMetis.Release.Messages;

/// <summary>What can stand against putting images into a registry, and what was found there afterwards.</summary>
public static partial class Message
{
    public static Finding PushForbidden(Exchange exchange) =>
        Registry(
            Codes.PushForbidden,
            exchange,
            "these credentials may not write there",
            "Ask for the right to push to this repository."
        );

    public static Finding PushRefused(Exchange exchange) =>
        Registry(
            Codes.PushRefused,
            exchange,
            "the registry does not take it",
            "Check that the repository may be made there (some registries want a project first), and how large a body a proxy before it lets through."
        );

    public static Finding RegistryReadOnly(Exchange exchange) =>
        Registry(
            Codes.RegistryReadOnly,
            exchange,
            "the registry takes nothing",
            "It is set to be read only, or is a cache of another registry: name one that may be pushed to."
        );

    public static Finding SparseIndexRefused(string image, string target, string index, int leftOut, Finding why) =>
        Error(
            Codes.SparseIndexRefused,
            image,
            $"{target} does not take the index {index} without the {leftOut} of its manifests that are not carried: {why.Fact}",
            "Push a store that was pulled with --platform all, use a registry that takes such an index, or say --platform-only.",
            null
        );

    /// <summary>Pods by digest and pods by tag are both served, by different digests.</summary>
    public static Finding IndexByDigestOnly(string image, string target, string index, string manifest) =>
        Warning(
            Codes.IndexByDigestOnly,
            image,
            $"{target} is served as {manifest}, the manifest of the platform alone; the index {index} is served by its digest only",
            "Both work for pods; push again after each garbage collection of the registry, which takes the index for a leftover."
        );

    /// <summary>Pods by tag are served, those that name the digest of the index are not.</summary>
    public static Finding IndexLeftOut(string image, string target, string index, string manifest) =>
        Warning(
            Codes.IndexLeftOut,
            image,
            $"{target} is served as {manifest}, the manifest of the platform alone; the index {index} is not there",
            "A pod that names the digest of the index cannot be served from there: use install.sh on each host, or another registry."
        );

    public static Finding TargetsCollide(string image, string target, string other) =>
        Error(
            Codes.TargetsCollide,
            image,
            $"{target} would be the name of {Quote(other)} as well, which is another image",
            "Push them apart, with --images and a prefix for each.",
            null
        );

    public static Finding TagReplaced(string image, string target, string before, string now) =>
        Warning(
            Codes.TagReplaced,
            image,
            $"{target} was {before} before, and is {now} now",
            "Whoever needs what was there before still has it by its digest."
        );

    public static Finding NotARelease(string reference, string reason) =>
        Error(
            Codes.NotARelease,
            reference,
            $"{Printable(Cut(reference, LongestSubject))} is no release: {Printable(Cut(reason, LongestReason))}",
            "'imrel push --release' puts one into a registry.",
            null
        );

    public static Finding PushedDiffers(string image, string target, string expected, string? found) =>
        Error(
            Codes.PushedDiffers,
            image,
            found is null
                ? $"the registry took {expected}, and does not have it under {target}"
                : $"the registry took {expected}, and serves {found} under {target}",
            "Do not use this registry before its operator has explained it.",
            null
        );

    public static Finding NameLacking(string path, string digest) =>
        Error(
            Codes.NameLacking,
            digest,
            $"{Quote(path)} gives {digest} no name with a repository, so there is nowhere to push it to",
            "Write the whole name into the layout, as in docker.io/library/busybox:1.35.",
            null
        );

    private static Finding Warning(string code, string subject, string fact, string hint) =>
        new(code, Severity.Warning, Printable(Cut(subject, LongestSubject)), fact) { Hint = hint };
}
