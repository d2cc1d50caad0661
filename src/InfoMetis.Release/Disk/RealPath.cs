namespace InfoMetis.Release.Disk;

/// <summary>Where a path leads when every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path) => Of(Path.GetFullPath(path), links: 0);

    /// <summary>Whether one real path lies below another.</summary>
    public static bool IsBelow(string folder, string path)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, StringComparison.Ordinal);
    }

    private static string Of(string path, int links)
    {
        if (links > MostLinks)
            throw new IOException("symbolic links lead in a circle");
        var real = Path.GetPathRoot(path)!;
        var parts = path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            var next = Path.Combine(real, part);
            var target = new FileInfo(next).LinkTarget;
            real = target is null ? next : Of(Path.GetFullPath(target, real), links + 1);
        }
        return real;
    }
}
