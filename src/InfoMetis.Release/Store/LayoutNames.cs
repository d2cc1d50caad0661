using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>Finds images of a layout by the names that its index gives them.</summary>
internal static class LayoutNames
{
    public const string Annotation = "org.opencontainers.image.ref.name";

    private const string ContainerdAnnotation = "io.containerd.image.name";
    private const int MostShown = 10;

    public static IEnumerable<string> Of(Descriptor entry) =>
        new[] { Annotation, ContainerdAnnotation }
            .Where(entry.Annotations.ContainsKey)
            .Select(annotation => entry.Annotations[annotation]);

    /// <summary>The one image of a name. A layout may write the whole name, or the tag alone, as skopeo does.</summary>
    public static Descriptor Find(ImageIndex index, string path, string name)
    {
        var found = Named(index, name);
        if (found.Count == 0 && ImageReference.TryParse(name, out var reference) && reference.Tag is { } tag)
            found = Named(index, reference.Tagged) is { Count: > 0 } whole ? whole : Named(index, tag);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ReleaseException(Message.NameUnknown(path, name, Known(index))),
            _ => throw new ReleaseException(Message.NameAmbiguous(path, name, found.Count)),
        };
    }

    private static List<Descriptor> Named(ImageIndex index, string name) =>
        [.. index.Manifests.Where(entry => Of(entry).Contains(name)).DistinctBy(entry => entry.Digest)];

    private static string Known(ImageIndex index)
    {
        var names = index.Manifests.SelectMany(Of).Distinct().ToList();
        return names.Count == 0 ? "none"
            : names.Count <= MostShown ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostShown))} and {names.Count - MostShown} more";
    }
}
