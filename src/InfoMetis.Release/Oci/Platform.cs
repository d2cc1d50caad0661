using System.Diagnostics.CodeAnalysis;

namespace InfoMetis.Release.Oci;

/// <summary>
/// An operating system and processor, in the form containerd compares them: <c>arm64/v8</c> is <c>arm64</c>,
/// plain <c>arm</c> is <c>arm/v7</c>.
/// </summary>
public sealed record Platform
{
    private static readonly string[] KnownPlatforms =
    [
        "linux/386",
        "linux/amd64",
        "linux/arm/v5",
        "linux/arm/v6",
        "linux/arm/v7",
        "linux/arm64",
        "linux/loong64",
        "linux/mips64le",
        "linux/ppc64le",
        "linux/riscv64",
        "linux/s390x",
        "windows/amd64",
    ];

    private readonly string _text;

    private Platform(string text) => _text = text;

    /// <summary>Every platform that images of a release can be made for.</summary>
    public static IReadOnlyList<string> Known => KnownPlatforms;

    public string OperatingSystem => Part(0)!;
    public string Architecture => Part(1)!;
    public string? Variant => Part(2);

    public static Platform Parse(string text) =>
        TryParse(text, out var platform) ? platform : throw new FormatException($"'{text}' is not a known platform");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Platform? platform)
    {
        var normal = text switch
        {
            "linux/arm64/v8" => "linux/arm64",
            "linux/arm" => "linux/arm/v7",
            _ => text,
        };
        platform = null;
        if (Array.IndexOf(KnownPlatforms, normal) < 0)
            return false;
        platform = new Platform(normal!);
        return true;
    }

    public override string ToString() => _text;

    private string? Part(int index)
    {
        var parts = ToString().Split('/');
        return index < parts.Length ? parts[index] : null;
    }
}
