using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>What a bundle says of itself, for people.</summary>
internal static class InspectText
{
    public static void Write(TextWriter writer, BundleSummary bundle)
    {
        Release(writer, bundle.Inventory);
        Archive(writer, bundle);
        Line(writer, "packed", Packed(bundle));
        Target(writer, bundle.Inventory);
        Line(writer, "install", Install(bundle));
        MadeBy(writer, bundle.Inventory);
        Line(writer, "signed", $"{Signed(bundle)}; nothing here was verified, run imrel verify");
        Contents(writer, bundle.Inventory);
    }

    /// <summary>What a release that lies in a registry says of itself.</summary>
    /// <param name="signedBy">The trusted keys that signed it; null where no key was named to tell.</param>
    public static void Write(TextWriter writer, PublishedRelease release, IReadOnlyList<Digest>? signedBy)
    {
        var papers = release.Papers;
        Release(writer, papers.Inventory);
        Line(writer, "digest", release.Reference);
        foreach (var paper in papers.All)
            Line(writer, "paper", $"{paper.Name}, {Units.Bytes(paper.Bytes.Length)}");
        Target(writer, papers.Inventory);
        MadeBy(writer, papers.Inventory);
        var signatures = papers.Signatures is { } count ? Units.Count(count, "signature") : "nobody signed it";
        Line(
            writer,
            "signed",
            signedBy is null ? $"{signatures}; name a key with --key to know by whom"
                : signedBy.Count == 0 ? $"{signatures}, none of them by a key that is trusted"
                : $"{signatures}, by {string.Join(", ", signedBy)}"
        );
        Contents(writer, papers.Inventory);
    }

    private static void Release(TextWriter writer, Inventory inventory) =>
        Line(
            writer,
            "release",
            $"{inventory.Name} {inventory.Version} of {inventory.Released:yyyy-MM-dd} for {inventory.Platform}, judged against k0s {inventory.K0s}"
        );

    private static void Target(TextWriter writer, Inventory inventory) =>
        Line(
            writer,
            "target",
            $"{Units.Bytes(inventory.Forecast.Archive)} as images.tar, {Units.Bytes(inventory.Forecast.Content)} of content, about {Units.Bytes(inventory.Forecast.Unpacked)} unpacked"
        );

    private static void MadeBy(TextWriter writer, Inventory inventory) =>
        Line(writer, "made by", $"imrel {inventory.Tool}");

    private static void Contents(TextWriter writer, Inventory inventory)
    {
        foreach (var accepted in inventory.Accepted)
            Line(writer, "accepted", $"{accepted.Code} {accepted.Subject}: {accepted.Reason}");
        writer.WriteLine();
        Images(writer, inventory);
        writer.WriteLine();
        Stacks(writer, inventory);
    }

    private static void Archive(TextWriter writer, BundleSummary bundle)
    {
        var files = bundle.Files;
        var parts = files.Count == 1 ? "" : $", {files.Pieces.Count} of {Units.Count(files.Count, "part")} here";
        Line(writer, "archive", $"{files.Archive}{parts}, {Units.Bytes(bundle.Here)}");
        foreach (var part in files.Missing)
            Line(writer, "not here", part);
        if (bundle.IsFromBeside)
            Line(writer, "read from", $"{BundleNames.Inventory} beside the archive, whose first part is not here");
    }

    private static string Packed(BundleSummary bundle)
    {
        var made = bundle.Inventory.Compression;
        var with = made.Kind is CompressionKind.None ? "not at all" : $"{made.Library}, level {made.Level}";
        var blobs = bundle.Inventory.Blobs;
        var hard = $"{blobs.Count(blob => !blob.IsStored)} of {Units.Count(blobs.Count, "blob")} compressed";
        return bundle.Compression is { } won
                ? $"{with}; {Units.Bytes(won.Content)} to {Units.Bytes(won.Packed)}; {hard}: {Units.Bytes(won.Shrunk)} to {Units.Bytes(won.ShrunkTo)}"
            : made.Kind is CompressionKind.None ? with
            : $"{with}; {hard}";
    }

    private static string Install(BundleSummary bundle) =>
        !bundle.HasScript ? $"{BundleNames.Script} is not here"
        : bundle.HasGuide ? $"sh {BundleNames.Script}, as {BundleNames.Guide} tells"
        : $"sh {BundleNames.Script}";

    private static string Signed(BundleSummary bundle) =>
        !bundle.HasSums ? $"{BundleNames.Sums} is not here"
        : bundle.Signatures is { } count ? $"{Units.Count(count, "signature")}, by whom only keys can tell"
        : "no signature is here";

    private static void Images(TextWriter writer, Inventory inventory)
    {
        var table = new TextTable("IMAGE", "TAG", "SIZE", "OWN", "SHARED");
        foreach (var (image, size) in inventory.Images.Zip(ImageSize.OfImages(inventory)))
            table.Add(
                Message.Shown(image.Name),
                Message.Shown(ImageReference.TryParse(image.Reference, out var reference) ? reference.Tag ?? "" : "?"),
                Units.Bytes(size.Size),
                Units.Bytes(size.Own),
                Units.Bytes(size.Shared)
            );
        table.Write(writer);
    }

    private static void Stacks(TextWriter writer, Inventory inventory)
    {
        var table = new TextTable("STACK", "SIZE", "OWN", "SHARED", "IMAGES");
        foreach (var stack in ImageSize.OfStacks(inventory))
            table.Add(
                Message.Shown(stack.Name),
                Units.Bytes(stack.Size),
                Units.Bytes(stack.Own),
                Units.Bytes(stack.Shared),
                $"{stack.Images}"
            );
        table.Write(writer);
    }

    /// <summary>What is said comes from files that nobody vouches for.</summary>
    private static void Line(TextWriter writer, string what, string said) =>
        new Labelled(writer, Labelled.OfBundles).Write($"{what}:", Message.Shown(said));
}
