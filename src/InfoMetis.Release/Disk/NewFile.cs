using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Disk;

/// <summary>A file that must not be there yet.</summary>
internal sealed record NewFile(string Path, byte[] Content, UnixFileMode Mode)
{
    /// <summary>Puts new files in their place, all of them or none; no other file is ever overwritten.</summary>
    public static void CreateAll(IReadOnlyList<NewFile> files)
    {
        foreach (var file in files)
            RefuseToOverwrite(file.Path);
        var created = new List<NewFile>();
        try
        {
            foreach (var file in files)
            {
                file.Create();
                created.Add(file);
            }
        }
        catch
        {
            foreach (var file in created)
                File.Delete(file.Path);
            throw;
        }
    }

    /// <exception cref="ReleaseException">There is something at the path.</exception>
    public static void RefuseToOverwrite(string path)
    {
        if (System.IO.Path.Exists(path))
            throw new ReleaseException(Message.FileExists(path));
    }

    private void Create()
    {
        try
        {
            Durable.Create(System.IO.Path.GetFullPath(Path), Content, Mode);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            RefuseToOverwrite(Path);
            throw Fault.Of(exception, Path, Content.Length);
        }
    }
}
