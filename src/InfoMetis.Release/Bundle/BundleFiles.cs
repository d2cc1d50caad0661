using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>A file of a bundle as it lies on its medium.</summary>
/// <param name="IsRegular">Neither a folder nor a link to something else.</param>
public sealed record BundleFile(string Name, string Path, bool IsRegular);

/// <summary>The files of one bundle, found from what was named: its folder, its archive, or some parts of it in any order.</summary>
public sealed class BundleFiles
{
    private const int MostFiles = 10_000;

    private readonly IReadOnlyDictionary<int, BundleFile> _pieces;

    private BundleFiles(string archive, int count, IReadOnlyDictionary<int, BundleFile> pieces) =>
        (Archive, Count, _pieces) = (archive, count, pieces);

    /// <summary>The name of the archive, whether it is whole or in parts.</summary>
    public string Archive { get; }

    /// <summary>How many files the archive consists of.</summary>
    public int Count { get; }

    /// <summary>The archive, or those of its parts that are here, in order.</summary>
    public IReadOnlyList<BundleFile> Pieces => [.. _pieces.OrderBy(piece => piece.Key).Select(piece => piece.Value)];

    /// <summary>The names of the parts that are not here, in order.</summary>
    public IReadOnlyList<string> Missing =>
        [
            .. Enumerable
                .Range(1, Count)
                .Where(number => !_pieces.ContainsKey(number))
                .Select(number => new PartName(Archive, number, Count).ToString()),
        ];

    /// <summary>All else in the folder that was named; nothing where the archive itself was, for then other files may lie beside it.</summary>
    public IReadOnlyList<BundleFile> Others { get; private init; } = [];

    /// <summary>Where the files beside the archive are.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the folder was named, and so all that is in it.</summary>
    public required bool IsFolder { get; init; }

    /// <summary>A file beside the archive, or null where there is none.</summary>
    public BundleFile? Beside(string name)
    {
        var file = new FileInfo(System.IO.Path.Combine(Folder, name));
        return file.Exists || file.LinkTarget is not null ? Of(file) : null;
    }

    /// <exception cref="ReleaseException">What was named is not one bundle.</exception>
    public static BundleFiles Find(IReadOnlyList<string> paths)
    {
        try
        {
            return paths is [var path] && Directory.Exists(path) ? OfFolder(path) : OfPieces(paths);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw new ReleaseException(Message.NotABundle(paths[0], exception.Message), exception);
        }
    }

    private static BundleFiles OfFolder(string path)
    {
        var files = new DirectoryInfo(path).EnumerateFileSystemInfos().Take(MostFiles + 1).Select(Of).ToList();
        if (files.Count > MostFiles)
            throw NotABundle(path, $"it holds more than {MostFiles:N0} files");
        var pieces = files.Where(file => ArchiveOf(file.Name) is not null).ToList();
        var found = OfPieces(path, pieces);
        return new BundleFiles(found.Archive, found.Count, found._pieces)
        {
            Folder = path,
            IsFolder = true,
            Others = [.. files.Except(pieces).OrderBy(file => file.Name, StringComparer.Ordinal)],
        };
    }

    private static BundleFiles OfPieces(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (!File.Exists(path))
                throw NotABundle(path, Directory.Exists(path) ? "a folder is named alone" : "there is no such file");
            if (ArchiveOf(System.IO.Path.GetFileName(path)) is null)
                throw NotABundle(path, "it is called neither as an archive nor as a part of one");
        }
        // Whoever names a link means what it leads to.
        return OfPieces(
            paths[0],
            [.. paths.Select(path => new BundleFile(System.IO.Path.GetFileName(path), path, IsRegular: true))]
        );
    }

    private static BundleFiles OfPieces(string named, IReadOnlyList<BundleFile> files)
    {
        var names = files.Select(file => ArchiveOf(file.Name)!).ToList();
        if (names.Count == 0)
            throw NotABundle(named, "there is no archive in it");
        if (names.FirstOrDefault(name => name with { Number = names[0].Number } != names[0]) is { } other)
            throw NotABundle(named, $"{names[0]} and {other} are of different archives");
        var pieces = new Dictionary<int, BundleFile>();
        foreach (var (file, name) in files.Zip(names))
        {
            if (!pieces.TryAdd(name.Number, file))
                throw NotABundle(named, $"{file.Name} is named twice");
        }
        return new BundleFiles(names[0].Archive, Math.Max(1, names[0].Count), pieces)
        {
            Folder = FolderOf(files),
            IsFolder = false,
        };
    }

    /// <summary>Parts may lie on several media, of which one has the files beside them.</summary>
    private static string FolderOf(IReadOnlyList<BundleFile> files)
    {
        var folders = files
            .Select(file => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file.Path))!)
            .ToList();
        return folders.Find(folder => File.Exists(System.IO.Path.Combine(folder, BundleNames.Sums))) ?? folders[0];
    }

    /// <summary>Which archive a file is a part of, or is as a whole; of no parts then.</summary>
    private static PartName? ArchiveOf(string file)
    {
        var name = PartName.TryParse(file, out var part) ? part : PartName.Whole(file);
        return CompressionKinds.OfFile(name.Archive) is null ? null : name;
    }

    private static BundleFile Of(FileSystemInfo file) =>
        new(file.Name, file.FullName, file is FileInfo && file.LinkTarget is null);

    private static ReleaseException NotABundle(string path, string reason) => new(Message.NotABundle(path, reason));
}
