using System.Diagnostics.CodeAnalysis;
using InfoMetis.Release.Manifests;
using NuGet.Versioning;

namespace InfoMetis.Release.Coupling;

/// <summary>Makes versions of what image tags say; most are versions but for a leading v.</summary>
internal static class ImageVersion
{
    public static bool TryRead(ReleaseImage image, [NotNullWhen(true)] out NuGetVersion? version) =>
        TryParse(image.Version, out version);

    public static bool TryParse(string text, [NotNullWhen(true)] out NuGetVersion? version) =>
        NuGetVersion.TryParse(text.StartsWith('v') ? text[1..] : text, out version);

    /// <summary>A tag of k0s writes a dash where its version has a plus.</summary>
    public static bool TryParseK0s(string text, out K0sVersion version) =>
        K0sVersion.TryParse(text.Replace("-k0s.", "+k0s.", StringComparison.Ordinal), out version);
}
