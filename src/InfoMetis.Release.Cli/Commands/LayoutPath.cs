using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>A layout as the command line names it: <c>oci:DIR</c> or <c>oci-archive:FILE</c>.</summary>
internal static class LayoutPath
{
    private const string Folder = "oci:";
    private const string Archive = "oci-archive:";

    /// <summary>What opens the layout, or null where the text names none.</summary>
    public static Func<LayoutSource>? Of(string text) =>
        text.StartsWith(Archive, StringComparison.Ordinal) ? () => LayoutSource.OfArchive(text[Archive.Length..])
        : text.StartsWith(Folder, StringComparison.Ordinal) ? () => LayoutSource.OfFolder(text[Folder.Length..])
        : null;
}
