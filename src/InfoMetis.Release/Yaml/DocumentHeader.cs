using System.Globalization;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>Checks the two keys that say what a document is and in which version of its format.</summary>
public static class DocumentHeader
{
    /// <param name="kind">The kind to expect, or null for formats that have only an apiVersion.</param>
    public static void Check(Section section, string apiVersion, string? kind, ICollection<Finding> findings)
    {
        var found = section.RequiredText("apiVersion");
        if (found is not null && found != apiVersion)
        {
            var place = section.PlaceOf("apiVersion");
            findings.Add(
                IsNewer(found, apiVersion)
                    ? Message.NewerApiVersion(place, found, apiVersion)
                    : Message.WrongApiVersion(place, found, apiVersion)
            );
        }
        if (kind is not null && section.RequiredText("kind") is { } foundKind && foundKind != kind)
            findings.Add(Message.BadValue(section.PlaceOf("kind"), "kind", foundKind, $"'{kind}'"));
    }

    private static bool IsNewer(string found, string known)
    {
        var stem = known.AsSpan(0, known.LastIndexOf('v') + 1);
        return found.AsSpan().StartsWith(stem)
            && int.TryParse(found.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > int.Parse(known.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
