using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Store;

/// <summary>Says that a folder is a layout, and makes it one; never in a folder that is something else.</summary>
internal static class LayoutMarker
{
    public static void Check(StoreLayout layout)
    {
        if (File.Exists(layout.MarkerFile))
            LayoutDocuments.CheckMarker(new LayoutFolder(layout));
        else if (File.Exists(layout.Root))
            throw new ReleaseException(Message.NotALayout(layout.Root, "it is a file"));
        else if (Directory.Exists(layout.Root) && Stranger(layout.Root) is { } stranger)
            throw new ReleaseException(
                Message.NotALayout(layout.Root, $"it has no '{StoreLayout.MarkerName}', and holds '{stranger}'")
            );
    }

    public static void MakeFolders(StoreLayout layout)
    {
        try
        {
            Directory.CreateDirectory(layout.Blobs);
            Directory.CreateDirectory(layout.Ingest);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, layout.Root, needed: 1);
        }
    }

    /// <summary>Writes what every layout must have; call it with the lock of the index held.</summary>
    public static void Put(StoreLayout layout)
    {
        try
        {
            if (!File.Exists(layout.IndexFile))
                Durable.Replace(layout.IndexFile, StoreLayout.EmptyIndex);
            if (!File.Exists(layout.MarkerFile))
                Durable.Replace(layout.MarkerFile, StoreLayout.Marker);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, layout.Root, needed: 1);
        }
    }

    private static string? Stranger(string folder) =>
        Directory
            .EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .FirstOrDefault(name => !StoreLayout.IsOwn(name));
}
