namespace InfoMetis.Release.Bundle;

/// <summary>One file of an archive, or a stream it comes by: all of it, or a part.</summary>
/// <param name="Length">Null where only its end will tell.</param>
public sealed record PackedPiece(string Name, long? Length, Func<Stream> Open)
{
    /// <summary>The pieces of a bundle that are here, in order.</summary>
    public static IReadOnlyList<PackedPiece> Of(BundleFiles files) => [.. files.Pieces.Select(Of)];

    public static PackedPiece Of(BundleFile file) =>
        new(
            file.Name,
            new FileInfo(file.Path).Length,
            () => new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0)
        );
}
