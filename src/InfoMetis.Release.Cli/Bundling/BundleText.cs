using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Bundling;

/// <summary>What is said of a bundle before and after it is made, for people.</summary>
internal static class BundleText
{
    private const int ShownDigits = 19;

    public static void Judged(TextWriter writer, JudgedRelease release, string platform)
    {
        var warnings = release.Findings.Count(finding => finding.Severity is Severity.Warning);
        var said = warnings > 0 ? $" ({Units.Count(warnings, "warning")}; imrel check says which)" : "";
        var manifest = release.Manifest;
        Line(
            writer,
            "release",
            $"{manifest.Name} {manifest.Version} for {platform}, judged against k0s {release.K0s}{said}"
        );
        foreach (var accepted in release.Accepted)
            Line(writer, "accepted", $"{accepted.Code} {accepted.Subject}: {accepted.Reason}");
    }

    public static void Forecast(TextWriter writer, PullPlan plan, BundleForecast forecast, string store, string output)
    {
        var fetch = $"{Units.Count(plan.BlobsToFetch, "blob")}, {Units.Bytes(plan.ToFetch)}";
        Line(writer, "fetch", $"{fetch}; {Units.Bytes(plan.Here)} are here");
        Line(writer, "disk here", $"{Units.Bytes(plan.ToFetch)} more in {store}, {Units.Bytes(plan.Free)} free");
        Line(writer, "", $"at most {Units.Bytes(forecast.Bundle)} in {output}, {Units.Bytes(forecast.Free)} free");
        Line(writer, "medium", $"at most {Units.Bytes(forecast.Bundle)}");
        Line(
            writer,
            "target",
            $"{Units.Bytes(forecast.Content)} as images.tar, as much again in the container runtime, and what the layers unpack to"
        );
        var work = forecast.Work.TotalSeconds < 1 ? "less than a second" : $"about {Units.Time(forecast.Work)}";
        Line(writer, "time", $"{work} on this machine, and the fetching");
    }

    public static void Made(TextWriter writer, MadeBundle made)
    {
        var inventory = made.Inventory;
        var compressed = inventory.Blobs.Count(blob => !blob.IsStored);
        var packed =
            $"{inventory.Compression.Library}, {compressed} of {Units.Count(inventory.Blobs.Count, "blob")} compressed";
        var files =
            made.Archive.Count == 1
                ? made.Archive[0].Name
                : $"{made.Archive[0].Name} and {made.Archive.Count - 1} more";
        Line(writer, "bundle", made.Folder);
        Line(writer, "archive", $"{files}, {Units.Bytes(made.Size)} ({packed})");
        Line(
            writer,
            "content",
            $"{Units.Count(inventory.Images.Count, "image")}, index {inventory.Index.ToString()[..ShownDigits]}…"
        );
        Line(
            writer,
            "signed",
            made.Proof.SignedBy is [var key, ..] ? $"by {key}" : "by nobody, as --allow-unsigned asked for"
        );
        Line(
            writer,
            "verified",
            $"as imrel verify does: {made.Proof.Files.Count} files, every blob, every name, the gate"
        );
        Line(
            writer,
            "target",
            $"{Units.Bytes(inventory.Forecast.Archive)} as images.tar, {Units.Bytes(inventory.Forecast.Content)} of content, about {Units.Bytes(inventory.Forecast.Unpacked)} unpacked"
        );
    }

    private static void Line(TextWriter writer, string what, string said) =>
        new Labelled(writer, Labelled.OfBundles).Write(what.Length > 0 ? $"{what}:" : "", said);
}
