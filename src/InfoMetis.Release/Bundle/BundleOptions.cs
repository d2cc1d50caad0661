namespace InfoMetis.Release.Bundle;

/// <summary>How a bundle is packed.</summary>
public sealed record BundleOptions
{
    public CompressionKind Compression { get; init; } = CompressionKind.Zstd;

    /// <summary>Null for the default of the compression.</summary>
    public int? Level { get; init; }

    /// <summary>The size of the parts that the archive is cut into; null for one file.</summary>
    public long? PartSize { get; init; }

    internal IFrameFormat Format() =>
        Compression switch
        {
            CompressionKind.Zstd => new ZstdFormat(Level ?? ZstdFormat.DefaultLevel),
            CompressionKind.Gzip => new GzipFormat(Level ?? GzipFormat.DefaultLevel),
            _ => new PlainFormat(),
        };

    /// <summary>The highest level that a compression has; none has a level below 1.</summary>
    public static int HighestLevel(CompressionKind compression) =>
        compression switch
        {
            CompressionKind.Zstd => ZstdFormat.HighestLevel,
            CompressionKind.Gzip => GzipFormat.HighestLevel,
            _ => 0,
        };
}
