using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>What an image, or several, have in a bundle.</summary>
/// <param name="Own">Bytes that nothing else in the bundle needs.</param>
/// <param name="Shared">Bytes that others need, too.</param>
public sealed record ImageSize(string Name, int Images, long Own, long Shared)
{
    public long Size => Own + Shared;

    /// <summary>Of each image of an inventory.</summary>
    public static IReadOnlyList<ImageSize> OfImages(Inventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return [.. inventory.Images.Select(image => Of(inventory, image.Name, [image]))];
    }

    /// <summary>Of the applications of each stack, and of the images that k0s itself deploys.</summary>
    public static IReadOnlyList<ImageSize> OfStacks(Inventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        return
        [
            .. inventory
                .Images.GroupBy(image => image.Stack ?? image.Group, StringComparer.Ordinal)
                .Select(stack => Of(inventory, stack.Key, [.. stack])),
        ];
    }

    private static ImageSize Of(Inventory inventory, string name, IReadOnlyList<InventoryImage> images)
    {
        var sizes = inventory.Blobs.ToDictionary(blob => blob.Digest, blob => blob.Size);
        var own = images.SelectMany(image => image.Content).ToHashSet();
        var others = inventory.Images.Except(images).SelectMany(image => image.Content).ToHashSet();
        return new ImageSize(
            name,
            images.Count,
            Sum(own.Where(one => !others.Contains(one))),
            Sum(own.Where(others.Contains))
        );

        long Sum(IEnumerable<Digest> digests) => digests.Sum(digest => sizes.GetValueOrDefault(digest));
    }
}
