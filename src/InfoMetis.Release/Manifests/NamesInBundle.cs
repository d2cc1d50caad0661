using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Manifests;

/// <summary>
/// The names that files get in a bundle: on no file system may two of them be one, or a file be in the way of a folder.
/// </summary>
internal sealed class NamesInBundle(ICollection<Finding> findings)
{
    private readonly Dictionary<string, ReleaseFile> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ReleaseFile> _folders = new(StringComparer.OrdinalIgnoreCase);

    public void Add(ReleaseFile file)
    {
        if (InTheWayOf(file) is { } other)
            findings.Add(Message.FileNameTaken(file.Place, file.Name, other.Name, other.Place));
        _files.TryAdd(file.Name, file);
        foreach (var folder in FoldersOf(file.Name))
            _folders.TryAdd(folder, file);
    }

    private ReleaseFile? InTheWayOf(ReleaseFile file) =>
        _files.GetValueOrDefault(file.Name)
        ?? _folders.GetValueOrDefault(file.Name)
        ?? FoldersOf(file.Name).Select(folder => _files.GetValueOrDefault(folder)).FirstOrDefault(f => f is not null);

    private static IEnumerable<string> FoldersOf(string name)
    {
        for (var at = name.IndexOf('/', StringComparison.Ordinal); at >= 0; at = name.IndexOf('/', at + 1))
            yield return name[..at];
    }
}
