using System.Globalization;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli.Pushing;

/// <summary>A push for people: what goes where, what of it is there, and by which digests it is served afterwards.</summary>
internal static class PushText
{
    public static void Plan(TextWriter writer, PushPlan plan)
    {
        var there = plan
            .Blobs.SelectMany(blob =>
                blob.Places.Where(place => place.IsThere).Select(place => (blob.Content.Digest, place.Repository.Name))
            )
            .ToHashSet();
        var table = new TextTable("IMAGE", "BLOBS", "SIZE", "THERE", "TARGET");
        foreach (var image in plan.Images)
        {
            table.Add(
                image.Image.Name,
                image.Blobs.Count.ToString(CultureInfo.InvariantCulture),
                Units.Bytes(image.Blobs.Sum(blob => blob.Size)),
                Units.Bytes(
                    image
                        .Blobs.Where(blob => there.Contains((blob.Digest, image.Repository.Name)))
                        .Sum(blob => blob.Size)
                ),
                image.Target.Tagged
            );
        }
        if (plan.Images.Count > 0)
        {
            table.Write(writer);
            writer.WriteLine();
        }
        var images =
            plan.Images.Count == plan.Asked
                ? Units.Count(plan.Asked, "image")
                : $"{plan.Images.Count} of {Units.Count(plan.Asked, "image")}";
        writer.WriteLine(
            $"{images}, {Units.Count(plan.Blobs.Count, "blob")}, {Units.Bytes(plan.Size)}, what images share counted once"
        );
        var sparse = plan.Images.Count(image => image.IsSparse);
        if (sparse > 0)
            writer.WriteLine(
                $"{Units.Count(sparse, "image")} with other platforms left out, which not every registry takes"
            );
        writer.WriteLine($"to push:  {Units.Count(plan.BlobsToPush, "blob")}, {Units.Bytes(plan.ToPush)}");
        writer.WriteLine($"registry: {plan.Destination}");
    }

    public static void Done(
        TextWriter writer,
        PushPlan plan,
        PushResult result,
        PushProgress progress,
        TimeSpan elapsed
    )
    {
        foreach (var image in result.Images)
            writer.WriteLine($"{image.Plan.Target.Tagged}@{image.Tagged}");
        var pushed = progress.Pushed;
        var rate = elapsed.TotalSeconds > 0 ? (long)(pushed / elapsed.TotalSeconds) : 0;
        var pace =
            pushed > 0
                ? $"{Units.Bytes(pushed)} sent in {Units.Time(elapsed)} ({Units.Bytes(rate)}/s)"
                : "no blob was sent";
        var linked = progress.Mounted > 0 ? $", {Units.Count(progress.Mounted, "blob")} linked" : "";
        writer.WriteLine(
            result.Images.Count == plan.Asked
                ? $"{Units.Count(plan.Asked, "image")} there and read back, {pace}{linked}"
                : $"{result.Images.Count} of {Units.Count(plan.Asked, "image")} there and read back, {pace}{linked}"
        );
    }
}
