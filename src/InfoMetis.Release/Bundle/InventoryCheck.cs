using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>Holds the inventory against the manifest and against what was really read; the first difference of each subject.</summary>
internal sealed class InventoryCheck(
    ReleaseManifest manifest,
    Inventory inventory,
    WalkedContent content,
    ICollection<Finding> findings
)
{
    public void Run()
    {
        Release();
        Files();
        var images = Images();
        if (images is not null)
            new BlobCheck(inventory, content, findings).Run(images);
    }

    private void Release()
    {
        Same("the release", $"{inventory.Name} {inventory.Version}", $"{manifest.Name} {manifest.Version}");
        Same("its time", $"{inventory.Released:u}", $"{manifest.Released:u}");
        Same("its k0s", inventory.K0s, manifest.K0s.ToString());
        Same("its stacks", string.Join(' ', inventory.Stacks), string.Join(' ', manifest.Stacks));
        if (!manifest.Platforms.Contains(inventory.Platform))
            Same("its platform", inventory.Platform.ToString(), string.Join(", ", manifest.Platforms));
        var forecast = inventory.Forecast;
        Same(BundleNames.IndexMember, inventory.Index, Digest.Of(ImagesIndex.Bytes(inventory)));
        Same("the size of images.tar", forecast.Archive, inventory.ImagesSize);
        Same("the size of all blobs", forecast.Content, inventory.Blobs.Sum(blob => blob.Size));
    }

    /// <summary>What the manifest has carried besides.</summary>
    private void Files()
    {
        var carried = inventory
            .Files.Where(file => file.Path.StartsWith(BundleNames.FilesFolder, StringComparison.Ordinal))
            .ToLookup(file => (file.Sha256, file.Mode));
        foreach (var file in manifest.Files.Where(file => !Carries(carried[(file.Sha256, file.Mode)], file)))
            Same(file.Source, "nothing", file.Sha256.ToString());
        Same("the files that are carried", carried.Sum(files => files.Count()), manifest.Files.Count);
    }

    private static bool Carries(IEnumerable<InventoryFile> carried, ReleaseFile file) =>
        carried.Any(one => one.Path == BundleNames.FilesFolder + file.Name);

    /// <summary>The images as their documents have them; null where one cannot be followed.</summary>
    private List<BundledImage>? Images()
    {
        var (expected, said) = (manifest.Images.ToList(), inventory.Images);
        Same("the images", string.Join(' ', said.Select(i => i.Name)), string.Join(' ', expected.Select(i => i.Name)));
        if (expected.Count != said.Count)
            return null;
        var carried = new CarriedImages(content, inventory.Platform, findings);
        var images = new List<BundledImage>();
        foreach (var (image, its) in expected.Zip(said))
        {
            if (!Agree(image, its) || carried.Follow(image, RootOf(its)) is not { } found)
                continue;
            images.Add(found);
            var (says, real) = FirstDifference(Words(its), Words(InventoryImage.Of(found)));
            Same(image.Name, says, real);
        }
        return images.Count == expected.Count ? images : null;
    }

    private bool Agree(ReleaseImage image, InventoryImage its)
    {
        if (image.Reference.Digest is { } digest && digest == its.Digest && image.Reference.ToString() == its.Reference)
            return true;
        Same(image.Name, $"{its.Reference} {its.Digest}", image.Reference.ToString());
        return false;
    }

    private Descriptor RootOf(InventoryImage image) =>
        new(
            image.MediaType,
            image.Digest,
            inventory.Blobs.FirstOrDefault(blob => blob.Digest == image.Digest)?.Size ?? 0
        );

    /// <summary>All that an inventory says of an image, so that nothing of it can differ unseen.</summary>
    private static IReadOnlyList<string> Words(InventoryImage image) =>
        [
            image.Name,
            image.Group,
            image.Stack ?? "no stack",
            image.MediaType,
            .. image.Names,
            .. image.Content.Select(digest => digest.ToString()),
        ];

    private static (string Said, string Found) FirstDifference(IReadOnlyList<string> said, IReadOnlyList<string> found)
    {
        var at = said.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return (said.ElementAtOrDefault(at) ?? "nothing", found.ElementAtOrDefault(at) ?? "nothing");
    }

    private void Same<T>(string subject, T said, T found)
        where T : notnull
    {
        if (!said.Equals(found))
            findings.Add(Message.InventoryDiffers(subject, $"{said}", $"{found}"));
    }
}
