namespace InfoMetis.Release.Install;

/// <summary>What the build put into the library for this room.</summary>
internal static class Resource
{
    public static IEnumerable<string> Names(string prefix) =>
        typeof(Resource)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
