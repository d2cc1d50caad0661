using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Coupling;

/// <summary>
/// The k0s releases we know. The file is cut at its <c>- version:</c> lines and only the release that is asked for is
/// parsed, because most commands need one of hundreds.
/// </summary>
public sealed class K0sCatalog
{
    public const string ApiVersion = "infometis.io/k0s-catalog/v1";

    private const string EntryMark = "\n  - version: ";

    private readonly string _file;
    private readonly string _text;
    private readonly SortedList<K0sVersion, (int Start, int End)> _entries;

    private K0sCatalog(string file, string text, SortedList<K0sVersion, (int Start, int End)> entries)
    {
        _file = file;
        _text = text;
        _entries = entries;
    }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<K0sVersion> Versions => _entries.Keys.AsReadOnly();

    /// <summary>Finds the releases in the text; null with findings where the frame around them is wrong.</summary>
    public static K0sCatalog? Read(string file, string text, ICollection<Finding> findings)
    {
        var before = findings.Count;
        text = text.ReplaceLineEndings("\n");
        var entries = new SortedList<K0sVersion, (int Start, int End)>();
        var firstEntry = Next(text, 0);
        CheckFrame(file, text[..firstEntry], findings);
        for (int start = firstEntry, end; start < text.Length; start = end)
        {
            end = Next(text, start + 1);
            var version = VersionAt(text, start);
            if (!K0sVersion.TryParse(version, out var parsed))
                findings.Add(Message.BadK0sVersion(PlaceAt(file, text, start), version));
            else if (!entries.TryAdd(parsed, (start, end)))
                findings.Add(Message.BadValue(PlaceAt(file, text, start), "version", version, "listed only once"));
        }
        return findings.Count == before ? new K0sCatalog(file, text, entries) : null;
    }

    /// <summary>The release of that version, or null where the catalogue has none or its entry is broken.</summary>
    public K0sRelease? Find(K0sVersion version, ICollection<Finding> findings)
    {
        if (!_entries.TryGetValue(version, out var entry))
            return null;
        var place = PlaceAt(_file, _text, entry.Start);
        var node = YamlReader.ReadOne(_file, _text[(entry.Start + 1)..entry.End], findings, place.Line);
        return node is YamlList { Items: [YamlMap map] } ? K0sReleaseReader.Read(version, map, findings) : null;
    }

    /// <summary>The newest release that is older than a version it does not have, else the oldest.</summary>
    public K0sVersion? NearestTo(K0sVersion version)
    {
        K0sVersion? nearest = null;
        foreach (var known in _entries.Keys)
        {
            if (nearest is null || known < version)
                nearest = known;
        }
        return nearest;
    }

    private static int Next(string text, int from) =>
        text.IndexOf(EntryMark, from, StringComparison.Ordinal) is var next && next < 0 ? text.Length : next;

    private static string VersionAt(string text, int start)
    {
        var from = start + EntryMark.Length;
        var lineEnd = text.IndexOf('\n', from);
        return text[from..(lineEnd < 0 ? text.Length : lineEnd)].TrimEnd();
    }

    private static void CheckFrame(string file, string frame, ICollection<Finding> findings)
    {
        if (YamlReader.ReadOne(file, frame, findings) is not YamlMap map)
            return;
        var section = new Section(map, "a k0s catalogue", findings);
        DocumentHeader.Check(section, ApiVersion, kind: null, findings);
        if (map["releases"] is not YamlText { IsNothing: true })
            findings.Add(
                Message.BadValue(
                    section.PlaceOf("releases"),
                    "releases",
                    "…",
                    "a list whose items start with '  - version: '"
                )
            );
        _ = section.Text("releases");
        section.Close();
    }

    private static Place PlaceAt(string file, string text, int start) =>
        new(file, text.AsSpan(0, start + 1).Count('\n') + 1, EntryMark.Length - "version: ".Length);
}
