using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Coupling;

/// <summary>Reads one entry of the catalogue.</summary>
internal static class K0sReleaseReader
{
    public static K0sRelease? Read(K0sVersion version, YamlMap map, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var section = new Section(map, "a k0s release", findings);
        _ = section.RequiredText("version");
        var release = new K0sRelease
        {
            Version = version,
            Components = Components(section.Map("components"), findings),
            Images = Images(section.Map("images"), findings),
            Optional = Images(section.Map("optional"), findings),
        };
        section.Close();
        if (release.Images.Count == 0 && findings.Count == before)
            findings.Add(Message.MissingKey(map.Place, "images", "a k0s release"));
        return findings.Count == before ? release : null;
    }

    private static List<KeyValuePair<string, string>> Components(YamlMap? map, ICollection<Finding> findings)
    {
        var components = new List<KeyValuePair<string, string>>();
        foreach (var entry in map?.Entries ?? [])
        {
            if (Text(entry, findings) is { } text)
                components.Add(new(entry.Key.Value, text.Value));
        }
        return components;
    }

    private static List<K0sImage> Images(YamlMap? map, ICollection<Finding> findings)
    {
        var images = new List<K0sImage>();
        foreach (var entry in map?.Entries ?? [])
        {
            if (Text(entry, findings) is not { } text)
                continue;
            if (ImageReference.TryParse(text.Value, out var reference, out var reason))
                images.Add(new K0sImage(entry.Key.Value, reference));
            else
                findings.Add(Message.BadReference(text.Place, entry.Key.Value, text.Value, reason));
        }
        return images;
    }

    private static YamlText? Text(YamlEntry entry, ICollection<Finding> findings)
    {
        if (entry.Value is YamlText { IsNothing: false } text)
            return text;
        findings.Add(Message.WrongType(entry.Value.Place, entry.Key.Value, "text", entry.Value.Kind));
        return null;
    }
}
