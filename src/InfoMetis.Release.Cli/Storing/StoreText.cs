using InfoMetis.Release.Reports;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Storing;

/// <summary>What there is to say of a store, for people.</summary>
internal static class StoreText
{
    public static void Status(TextWriter writer, ContentStore store, StoreStatus status)
    {
        var table = new TextTable("NEEDED BY", "SIZE", "SHARED", "OWN", "STATE");
        foreach (var root in status.Roots)
        {
            var lacking = root.Content.NotHere.Count + root.Content.Missing.Count;
            table.Add(
                root.Content.Root.Name,
                Units.Bytes(root.Size),
                Units.Bytes(root.Shared),
                Units.Bytes(root.Own),
                root.IsComplete ? "complete" : $"{lacking} missing"
            );
        }
        table.Write(writer);
        writer.WriteLine();
        writer.WriteLine($"{store.Root}: {Units.Count(status.Blobs, "blob")}, {Units.Bytes(status.Size)}");
        writer.WriteLine(
            $"needed by none of these: {Units.Bytes(status.Unneeded)}; not complete yet: {Units.Bytes(status.Partial)}; free: {Units.Bytes(status.Free)}"
        );
    }

    public static void Verify(TextWriter writer, ContentStore store, IReadOnlyList<BlobReport> reports)
    {
        foreach (var report in reports.Where(report => report.State is not BlobState.Ok))
        {
            writer.WriteLine(report.Digest);
            writer.WriteLine(
                report.Detail is { } detail ? $"  {Word(report.State)}: {detail}" : $"  {Word(report.State)}"
            );
        }
        var bad = reports.Count(report => report.State is not BlobState.Ok);
        var size = Units.Bytes(reports.Where(report => report.State is BlobState.Ok).Sum(report => report.Size));
        writer.WriteLine(
            bad == 0
                ? $"{store.Root}: {Units.Count(reports.Count, "blob")}, {size}, all sound"
                : $"{store.Root}: {bad} of {Units.Count(reports.Count, "blob")} not sound; the next pull fetches what it needs of them again"
        );
    }

    public static void Prune(TextWriter writer, PruneReport report, bool isDry)
    {
        foreach (var name in report.Names)
            writer.WriteLine($"{(isDry ? "would forget" : "forgot")} {name.Name}");
        var removed = report.Removed.Count + report.Partials.Count;
        var kept = Units.Bytes(report.Kept.Sum(blob => blob.Size));
        writer.WriteLine(
            $"{(isDry ? "would remove" : "removed")} {Units.Count(removed, "blob")}, {Units.Bytes(report.Freed)}; kept {Units.Count(report.Kept.Count, "blob")}, {kept}"
        );
    }

    public static string Word(BlobState state) =>
        state switch
        {
            BlobState.Ok => "ok",
            BlobState.Missing => "missing",
            BlobState.WrongSize => "wrong size",
            BlobState.WrongDigest => "wrong digest",
            _ => "unreadable",
        };
}
