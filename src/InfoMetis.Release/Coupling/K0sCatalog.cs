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
    private const int ColumnOfEntry = 3;

    private readonly string _file;
    private readonly string _text;

    private K0sCatalog(string file, string text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>Null with findings where the frame around the releases is wrong.</summary>
    public static K0sCatalog? Read(string file, string text, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var normal = text.ReplaceLineEndings("\n");
        CheckFrame(file, normal[..Next(normal, 0)], findings);
        return findings.Count == before ? new K0sCatalog(file, $"{normal}\n") : null;
    }

    /// <summary>Every release, the oldest first; null with findings where the catalogue is not as it should be.</summary>
    public IReadOnlyList<K0sVersion>? Versions(ICollection<Finding> findings)
    {
        var before = findings.Count;
        var versions = new SortedSet<K0sVersion>();
        for (var start = Next(_text, 0); start < _text.Length; start = Next(_text, start + 1))
        {
            var version = VersionAt(start);
            if (!K0sVersion.TryParse(version, out var parsed))
                findings.Add(Message.BadK0sVersion(PlaceAt(start), version));
            else if (!versions.Add(parsed))
                findings.Add(Message.BadValue(PlaceAt(start), "version", version, "listed only once"));
        }
        return findings.Count == before ? [.. versions] : null;
    }

    /// <summary>The release of that version, or null where the catalogue has none or its entry is broken.</summary>
    public K0sRelease? Find(K0sVersion version, ICollection<Finding> findings)
    {
        var start = _text.IndexOf($"{EntryMark}{version}\n", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var entry = _text[(start + 1)..Next(_text, start + 1)];
        return YamlReader.ReadOne(_file, entry, findings, PlaceAt(start).Line) is YamlList { Items: [YamlMap map] }
            ? K0sReleaseReader.Read(version, map, findings)
            : null;
    }

    /// <summary>The newest release that is older than a version it does not have, else the oldest.</summary>
    public K0sVersion? NearestTo(K0sVersion version)
    {
        K0sVersion? nearest = null;
        foreach (var known in Versions([]) ?? [])
        {
            if (nearest is null || known < version)
                nearest = known;
        }
        return nearest;
    }

    private static int Next(string text, int from) =>
        text.IndexOf(EntryMark, from, StringComparison.Ordinal) is var next && next < 0 ? text.Length : next;

    private static void CheckFrame(string file, string frame, ICollection<Finding> findings)
    {
        if (YamlReader.ReadOne(file, frame, findings) is not { } node)
            return;
        if (node is not YamlMap map)
        {
            findings.Add(Message.WrongType(node.Place, "the document", "mapping", node.Kind));
            return;
        }
        var section = new Section(map, "a k0s catalogue", findings);
        DocumentHeader.Check(section, ApiVersion, kind: null, findings);
        // The frame ends where the first release starts, so from here the list has to look empty.
        _ = section.Text("releases");
        if (map["releases"] is not YamlText { IsNothing: true })
            findings.Add(Message.CatalogLayout(section.PlaceOf("releases")));
        section.Close();
    }

    private string VersionAt(int start)
    {
        var from = start + EntryMark.Length;
        return _text[from.._text.IndexOf('\n', from)].TrimEnd();
    }

    private Place PlaceAt(int start) => new(_file, _text.AsSpan(0, start + 1).Count('\n') + 1, ColumnOfEntry);
}
