using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Pulling;

/// <summary>A plan for people: what each image and file needs, and what that makes in all.</summary>
internal static class PullText
{
    public static void Plan(TextWriter writer, PullPlan plan, string store)
    {
        var table = new TextTable("IMAGE", "BLOBS", "SIZE", "HERE");
        foreach (var image in plan.Images)
        {
            table.Add(
                image.Image.Name,
                image.Blobs.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Units.Bytes(image.Blobs.Sum(blob => blob.Content.Size)),
                Units.Bytes(image.Blobs.Sum(blob => blob.Here))
            );
        }
        foreach (var (file, blob) in plan.Files)
            table.Add($"file {file.Name}", "1", Units.Bytes(blob.Content.Size), Units.Bytes(blob.Here));
        if (plan.Images.Count + plan.Files.Count > 0)
        {
            table.Write(writer);
            writer.WriteLine();
        }
        var images = Of(plan, plan.Images.Count, plan.Manifest.Images.Count(), "image");
        var fetched = plan.Manifest.Files.Count(file => file.Url is not null);
        var files = fetched == 0 ? "" : $", {Of(plan, plan.Files.Count, fetched, "file")}";
        var blobs = Units.Count(plan.Blobs.Count, "blob");
        writer.WriteLine($"{images}{files}, {blobs}, {Units.Bytes(plan.Size)}, what images share counted once");
        writer.WriteLine(
            $"to fetch: {Units.Count(plan.BlobsToFetch, "blob")}, {Units.Bytes(plan.ToFetch)}; here: {Units.Bytes(plan.Here)}"
        );
        writer.WriteLine($"store:    {store}, {Units.Bytes(plan.Free)} free");
    }

    private static string Of(PullPlan plan, int planned, int wanted, string what) =>
        plan.Findings.Count == 0 ? Units.Count(wanted, what) : $"{planned} of {Units.Count(wanted, what)}";

    public static void Done(TextWriter writer, PullPlan plan, PullProgress progress, TimeSpan elapsed, bool isWhole)
    {
        var release = $"{plan.Manifest.Name} {plan.Manifest.Version}";
        var fetched = progress.Fetched;
        var rate = elapsed.TotalSeconds > 0 ? (long)(fetched / elapsed.TotalSeconds) : 0;
        var pace =
            fetched > 0
                ? $", {Units.Bytes(fetched)} fetched in {Units.Time(elapsed)} ({Units.Bytes(rate)}/s)"
                : ", nothing was fetched";
        writer.WriteLine(isWhole ? $"{release} is complete and verified{pace}" : $"{release} is not complete{pace}");
    }
}
