using InfoMetis.Release.Bundle;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release.Cli.Commands;

/// <summary>Images in one place, as the command line names it: <c>oci:DIR</c>, <c>oci-archive:FILE</c> or <c>bundle:PATH</c>.</summary>
internal static class SourcePath
{
    private const string Folder = "oci:";
    private const string Archive = "oci-archive:";
    private const string Bundle = "bundle:";

    /// <summary>What opens it, or null where the text names none.</summary>
    public static Func<IImageSource>? Of(string text) =>
        After(Archive, text) is { } archive ? () => LayoutSource.OfArchive(archive)
        : After(Folder, text) is { } folder ? () => LayoutSource.OfFolder(folder)
        : After(Bundle, text) is { } bundle ? () => BundleSource.Open(bundle)
        : null;

    /// <summary>As above, or without a scheme: then what lies there tells what it is.</summary>
    public static PushSource ToPush(string[] paths) =>
        paths is not [var one] ? PushSource.Open(paths)
        : After(Archive, one) is { } archive ? PushSource.OfLayoutArchive(archive)
        : After(Folder, one) is { } folder ? PushSource.OfLayoutFolder(folder)
        : After(Bundle, one) is { } bundle ? PushSource.OfBundle([bundle])
        : PushSource.Open(paths);

    private static string? After(string scheme, string text) =>
        text.StartsWith(scheme, StringComparison.Ordinal) ? text[scheme.Length..] : null;
}
