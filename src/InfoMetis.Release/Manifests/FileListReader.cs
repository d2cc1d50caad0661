using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Manifests;

/// <summary>Reads the list of other files that a release carries.</summary>
internal static class FileListReader
{
    private const int DefaultMode = 0b110_100_100;
    private const int LargestMode = 0b111_111_111;
    private const int LongestPath = 100;
    private const string PathRule =
        "a path must stay beside the manifest: relative, without '..', of letters, digits, '.', '_', '+', '-', at most 100";

    private const string UrlRule =
        "a url must end, before any '?' or '#', in a name for the file: of letters, digits, '.', '_', '+', '-', at most 100";

    public static IReadOnlyList<ReleaseFile> Read(IReadOnlyList<YamlMap> maps, ICollection<Finding> findings)
    {
        var files = new List<ReleaseFile>(maps.Count);
        var sources = new Dictionary<string, Place>(StringComparer.Ordinal);
        var names = new NamesInBundle(findings);
        foreach (var map in maps)
        {
            var section = new Section(map, "a file", findings);
            if (File(section, findings) is { } file)
            {
                files.Add(file);
                if (!sources.TryAdd(file.Source, file.Place))
                    findings.Add(Message.DuplicateFile(file.Place, file.Source, sources[file.Source]));
                else if (file.Name.Length > 0)
                    names.Add(file);
            }
            section.Close();
        }
        return files;
    }

    private static ReleaseFile? File(Section section, ICollection<Finding> findings)
    {
        var path = section.Text("path");
        var url = section.Text("url");
        var sha256 = section.RequiredText("sha256");
        var mode = Mode(section, findings);
        if (path is null == url is null)
            findings.Add(Message.BadFile(section.Place, "a file needs either a path or a url, and not both"));
        if (path is not null && !IsInside(path))
            findings.Add(Message.BadFile(section.PlaceOf("path"), PathRule));
        var location = Location(section, url, findings);
        if (sha256 is null)
            return null;
        if (!Digest.TryParse($"{Digest.Algorithm}:{sha256}", out var digest, out var reason))
        {
            findings.Add(Message.BadDigest(section.PlaceOf("sha256"), "files", sha256, reason));
            return null;
        }
        var file = new ReleaseFile
        {
            Path = path,
            Url = location,
            Sha256 = digest,
            Mode = mode,
            Place = section.Place,
        };
        if (location is not null && path is null && !IsInside(file.Name))
            findings.Add(Message.BadFile(section.PlaceOf("url"), UrlRule));
        return file;
    }

    private static Uri? Location(Section section, string? url, ICollection<Finding> findings)
    {
        if (url is null)
            return null;
        if (Uri.TryCreate(url, UriKind.Absolute, out var location) && location.Scheme == Uri.UriSchemeHttps)
            return location;
        findings.Add(Message.BadFile(section.PlaceOf("url"), "a url must be absolute and https"));
        return null;
    }

    private static int Mode(Section section, ICollection<Finding> findings)
    {
        var text = section.Text("mode");
        if (text is null)
            return DefaultMode;
        if (
            text.Length is 3 or 4
            && text.All(c => c is >= '0' and <= '7')
            && Convert.ToInt32(text, 8) is var mode
            && mode <= LargestMode
        )
            return mode;
        findings.Add(Message.BadValue(section.PlaceOf("mode"), "mode", text, "an octal mode such as 0644"));
        return DefaultMode;
    }

    /// <summary>What fits into the header of any tar, and means nothing to a shell.</summary>
    private static bool IsInside(string path) =>
        path.Length <= LongestPath
        && path.Split('/').All(part => part is not ("" or "." or "..") && part[0] != '-' && part.All(IsPlain));

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '+' or '-';
}
