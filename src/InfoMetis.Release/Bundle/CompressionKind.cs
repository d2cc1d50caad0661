namespace InfoMetis.Release.Bundle;

/// <summary>How the archive of a bundle is packed.</summary>
public enum CompressionKind
{
    None,
    Gzip,
    Zstd,
}

public static class CompressionKinds
{
    public static string Word(this CompressionKind kind) =>
        kind switch
        {
            CompressionKind.Zstd => "zstd",
            CompressionKind.Gzip => "gzip",
            _ => "none",
        };

    /// <summary>What stands behind the name of the archive.</summary>
    public static string Ending(this CompressionKind kind) =>
        kind switch
        {
            CompressionKind.Zstd => ".tar.zst",
            CompressionKind.Gzip => ".tar.gz",
            _ => ".tar",
        };

    /// <summary>The kind that a word names, or null.</summary>
    public static CompressionKind? OfWord(string? word) =>
        Enum.GetValues<CompressionKind>().Cast<CompressionKind?>().FirstOrDefault(kind => kind?.Word() == word);

    /// <summary>The kind of an archive by its name, or null where the name is of none.</summary>
    public static CompressionKind? OfFile(string name) =>
        Enum.GetValues<CompressionKind>()
            .Cast<CompressionKind?>()
            .FirstOrDefault(kind => name.EndsWith(kind!.Value.Ending(), StringComparison.Ordinal));
}
