using System.Text;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Bundle;

/// <summary>The files beside an archive, but for the signatures: they follow from it.</summary>
internal sealed class Sidecars(IReadOnlyList<ReadPiece> archive, ReadOnlyMemory<byte> inventory)
{
    private readonly byte[] _byHand = Encoding.UTF8.GetBytes(
        Instructions.For([.. archive.Select(piece => piece.Name)])
    );

    /// <summary>Each with its bytes; the list of all files is the last.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Bytes)> All =>
        [(BundleNames.Inventory, inventory), (BundleNames.ByHand, _byHand), (BundleNames.Sums, Sums())];

    private byte[] Sums() =>
        Encoding.ASCII.GetBytes(
            ChecksumList
                .Of([
                    .. archive.Select(piece => new Checksum(piece.Sha256!.Value, piece.Name)),
                    new Checksum(Digest.Of(inventory.Span), BundleNames.Inventory),
                    new Checksum(Digest.Of(_byHand), BundleNames.ByHand),
                ])
                .ToString()
        );
}
