namespace InfoMetis.Release.EndToEnd.Harness;

/// <summary>A folder of its own for a test, with a name that trips up whoever forgets to quote; gone afterwards.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "imrel in $HOME ";

    public ScratchFolder()
        : this(Directory.CreateTempSubdirectory(Prefix)) { }

    private ScratchFolder(DirectoryInfo folder) => Folder = folder.FullName;

    public string Folder { get; }

    /// <summary>On the file system of a folder that is not the usual one.</summary>
    public static ScratchFolder Under(string parent) =>
        new(Directory.CreateDirectory(Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}")));

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    public string Write(string path, string text)
    {
        var file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
