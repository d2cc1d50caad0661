using InfoMetis.Release.Bundle;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Install;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release;

/// <summary>Holds a receipt against a bundle: the same files, the same key, and of the images exactly what was chosen.</summary>
internal sealed class ReceiptComparison(Receipt receipt, BundleFiles files, VerifyResult bundle)
{
    private const string All = "all";
    private const string Only = "only ";
    private const string Stack = "stack ";
    private const string Nothing = "nothing";

    private readonly List<Finding> _differences = [];

    public IReadOnlyList<Finding> Differences()
    {
        Same(BundleNames.Sums, receipt.Bundle.Sums, Beside(BundleNames.Sums));
        Same(BundleNames.Script, receipt.Bundle.Script, Beside(BundleNames.Script));
        Keys();
        // Where the archive cannot be read so far, its verification says why, and that it is no proof.
        if (bundle.Reading is { Inventory: { } inventory } reading)
        {
            Same(BundleNames.Inventory, receipt.Bundle.Inventory, reading.InventoryDigest);
            Same("the index", receipt.Bundle.Index, inventory.Index);
            Release(inventory);
            if (receipt.Selection == All)
            {
                foreach (var placed in receipt.Placed)
                    Same(placed.Path, placed.Index, inventory.Index);
            }
            if (reading.Manifest is { } manifest && Chosen(manifest) is { } chosen)
                Images([.. inventory.Images.Where(image => chosen.Contains(image.Name))]);
        }
        return _differences;
    }

    private void Release(Inventory inventory)
    {
        Same(
            "the release",
            $"{receipt.Name} {receipt.Version} for {receipt.Platform}",
            $"{inventory.Name} {inventory.Version} for {inventory.Platform}"
        );
        Same("its k0s", receipt.K0s, inventory.K0s);
        Same("its tool", receipt.Tool, inventory.Tool);
    }

    /// <summary>A bundle may have more signatures than a host trusts, or than are trusted here; one must be the same.</summary>
    private void Keys()
    {
        var keys = receipt.Trust.Keys;
        if (keys.Count > 0 && bundle.SignedBy.Count > 0 && !keys.Intersect(bundle.SignedBy).Any())
            Same("the key", $"{keys[0]}", $"{bundle.SignedBy[0]}");
    }

    /// <summary>The names of the images that were to be installed; null where nobody can say.</summary>
    private HashSet<string>? Chosen(Manifests.ReleaseManifest manifest)
    {
        var selection = receipt.Selection;
        if (selection == All)
            return [.. manifest.Images.Select(image => image.Name)];
        if (selection.StartsWith(Only, StringComparison.Ordinal))
        {
            var asked = selection[Only.Length..].Split(',').ToHashSet();
            foreach (var unknown in asked.Except(manifest.Images.Select(image => image.Name)))
                Same("its selection", unknown, Nothing);
            return asked;
        }
        if (
            selection.StartsWith(Stack, StringComparison.Ordinal) && manifest.Stacks.Contains(selection[Stack.Length..])
        )
            return
            [
                .. manifest.AppsOf(selection[Stack.Length..]).Concat(manifest.Auxiliary).Select(image => image.Name),
            ];
        Same("its selection", selection, Nothing);
        return null;
    }

    private void Images(IReadOnlyList<InventoryImage> expected)
    {
        var said = receipt.Images.ToDictionary(image => image.Name, StringComparer.Ordinal);
        foreach (var image in expected)
        {
            if (said.Remove(image.Name, out var its))
                Image(its, image);
            else
                Same(image.Name, Nothing, $"{image.Digest}");
        }
        foreach (var surplus in said.Values)
            Same(surplus.Name, $"{surplus.Digest}", Nothing);
    }

    private void Image(ReceiptImage said, InventoryImage image)
    {
        Same(image.Name, said.Digest, image.Digest);
        Sets(image.Name, [.. said.Names.Select(name => name.Name)], image.Names);
        Sets(image.Name, [.. said.Content.Select(one => $"{one}")], [.. image.Content.Select(one => $"{one}")]);
    }

    /// <summary>The first difference of two lists whose order does not matter.</summary>
    private void Sets(string subject, IReadOnlyList<string> said, IReadOnlyList<string> found)
    {
        if (found.Except(said, StringComparer.Ordinal).FirstOrDefault() is { } lacking)
            Same(subject, Nothing, lacking);
        else if (said.Except(found, StringComparer.Ordinal).FirstOrDefault() is { } surplus)
            Same(subject, surplus, Nothing);
    }

    /// <summary>A run that looked at the host alone has no hashes of a bundle.</summary>
    private void Same(string subject, Digest? said, Digest? found)
    {
        if (said is not null || receipt.Command is not ReceiptCommand.Status)
            Same(subject, said?.ToString() ?? Nothing, found?.ToString() ?? Nothing);
    }

    private void Same(string subject, string said, string found)
    {
        if (said != found)
            _differences.Add(Message.ReceiptOfAnother(subject, said, found));
    }

    private Digest? Beside(string name)
    {
        try
        {
            return files.Beside(name) is { IsRegular: true } file && new FileInfo(file.Path).Length > 0
                ? Digest.Of(SmallFile.Read(file.Path, SignedFiles.LongestFile))
                : null;
        }
        catch (Exception exception) when (SmallFile.IsFault(exception))
        {
            return null;
        }
    }
}
