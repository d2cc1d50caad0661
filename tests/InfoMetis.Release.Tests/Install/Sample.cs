using InfoMetis.Release.Install;

namespace InfoMetis.Release.Tests.Install;

internal static class Sample
{
    public static ScriptValues Values { get; } =
        new("infometis", "0.5.0", "linux/amd64", "v1.23.17+k0s.1", "zstd", "0.1.0+0123456789abcdef");
}
