using System.Text;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.House;

/// <summary>The files that people wrote: everything in the checkout but what was built from it.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> Built =
    [
        ".git",
        ".vs",
        ".idea",
        "artifacts",
        "bin",
        "obj",
        "StrykerOutput",
    ];

    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(RepositoryRoot.Folder))];

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !Built.Contains(entry.Name)))
        {
            if (entry is FileInfo file)
                yield return new SourceFile(Path.GetRelativePath(RepositoryRoot.Folder, file.FullName));
            else if (entry.LinkTarget is null)
            {
                foreach (var inner in Walk((DirectoryInfo)entry))
                    yield return inner;
            }
        }
    }
}

/// <param name="Path">Relative to the root, with slashes.</param>
internal sealed record SourceFile(string Path)
{
    public string Text => File.ReadAllText(RepositoryRoot.PathOf(Path), Encoding.UTF8);

    public int LineCount => File.ReadLines(RepositoryRoot.PathOf(Path)).Count();
}
