using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Disk;

/// <summary>Room for what a plan wants to write.</summary>
public static class DiskSpace
{
    /// <summary>The bytes this user may still write at a path, which need not exist yet.</summary>
    public static long FreeAt(string path)
    {
        var existing = Path.GetFullPath(path);
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        return new DriveInfo(existing).AvailableFreeSpace;
    }

    /// <summary>Why a plan cannot be carried out at a path, or null where it can.</summary>
    public static Finding? Objection(string path, long needed) =>
        FreeAt(path) is var free && free < needed ? Message.NoSpace(path, needed, free) : null;
}
