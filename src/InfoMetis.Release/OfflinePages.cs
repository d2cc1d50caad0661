using InfoMetis.Release.Bundle;

namespace InfoMetis.Release;

/// <summary>The pages that a bundle carries, for where there is no network to look anything up.</summary>
public static class OfflinePages
{
    private const string Prefix = "pages/";

    public static IReadOnlyList<TextPage> All { get; } =
    [
        .. typeof(OfflinePages)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new TextPage(name[Prefix.Length..], Read(name))),
    ];

    private static byte[] Read(string name)
    {
        using var resource = typeof(OfflinePages).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
