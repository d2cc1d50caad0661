using System.Text;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Bundle;

/// <summary>The release manifest as a bundle carries it.</summary>
internal static class ManifestInside
{
    public static ReleaseManifest? Parse(byte[] bytes, ICollection<Finding> findings) =>
        TextFile.Decode(BundleNames.ReleaseMember, bytes, findings) is { } text
            ? ManifestReader.Parse(BundleNames.ReleaseMember, text, findings)
            : null;
}
