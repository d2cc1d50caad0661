using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Deployment;

/// <summary>Finds the files to read under paths that somebody named, and reports what it passes by.</summary>
internal sealed class DeployedFiles
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private readonly ICollection<Finding> _findings;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];

    private DeployedFiles(ICollection<Finding> findings) => _findings = findings;

    /// <summary>
    /// A file that is named, whatever its name, and the YAML and JSON files of a folder and its folders, sorted; each once.
    /// </summary>
    /// <param name="limit">The most files to return; that there are more is reported.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, int limit, ICollection<Finding> findings)
    {
        var search = new DeployedFiles(findings);
        foreach (var path in paths)
            search.Path(path);
        var files = search._files;
        if (files.Count <= limit)
            return files;
        findings.Add(Message.TooManyFiles(new Place(files[limit]), files.Count, limit));
        return files[..limit];
    }

    private void Path(string path)
    {
        if (File.Exists(path))
        {
            Add(path);
        }
        else if (Directory.Exists(path))
        {
            var files = Folder(path);
            files.Sort(StringComparer.Ordinal);
            files.ForEach(Add);
        }
        else
        {
            _findings.Add(Message.Unreadable(path, "there is no such file or folder"));
        }
    }

    private void Add(string file)
    {
        if (_seen.Add(System.IO.Path.GetFullPath(file)))
            _files.Add(file);
    }

    private List<string> Folder(string root)
    {
        var before = _findings.Count;
        var files = new List<string>();
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder))
            {
                if (!Directory.Exists(entry))
                {
                    if (!Extensions.Contains(System.IO.Path.GetExtension(entry), StringComparer.OrdinalIgnoreCase))
                        continue;
                    if (NamedPipe.Is(entry))
                        _findings.Add(Message.PipeUnread(entry));
                    else
                        files.Add(entry);
                }
                else if (new DirectoryInfo(entry).LinkTarget is null)
                {
                    folders.Push(entry);
                }
                else
                {
                    // It may lead back here, or to the whole disk.
                    _findings.Add(Message.FolderLinkUnread(entry));
                }
            }
        }
        if (files.Count == 0 && _findings.Count == before)
            _findings.Add(Message.FolderWithoutYaml(root));
        return files;
    }

    private string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _findings.Add(Message.FolderUnread(folder, exception.Message));
            return [];
        }
    }
}
