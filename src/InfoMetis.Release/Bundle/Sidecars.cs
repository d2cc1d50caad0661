using System.Text;
using InfoMetis.Release.Install;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>The files beside an archive, but for the signatures: they follow from it.</summary>
internal sealed class Sidecars(IReadOnlyList<ReadPiece> archive, BundlePlan plan)
{
    /// <summary>Each with its bytes; the list of all files is the last.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> All
    {
        get
        {
            IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> listed =
            [
                (BundleNames.Script, InstallScript.For(ValuesOf(plan.Inventory))),
                (BundleNames.Guide, FieldGuide.Bytes),
                (BundleNames.Inventory, plan.InventoryBytes),
                (BundleNames.ByHand, ByHand()),
            ];
            return [.. listed, (BundleNames.Sums, Sums(listed))];
        }
    }

    private byte[] ByHand() => Encoding.UTF8.GetBytes(Instructions.For([.. archive.Select(piece => piece.Name)]));

    private byte[] Sums(IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> listed) =>
        Encoding.ASCII.GetBytes(
            ChecksumList
                .Of([
                    .. archive.Select(piece => new Checksum(piece.Sha256!.Value, piece.Name)),
                    .. listed.Select(file => new Checksum(Digest.Of(file.Bytes.Span), file.Name)),
                ])
                .ToString()
        );

    private static ScriptValues ValuesOf(Inventory inventory) =>
        new(
            inventory.Name,
            inventory.Version,
            inventory.Platform.ToString(),
            inventory.K0s,
            inventory.Compression.Kind.Word(),
            inventory.Tool
        );
}
