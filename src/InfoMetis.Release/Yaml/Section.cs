using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>
/// Reads a mapping key by key. What is missing or of the wrong type becomes a finding, and so does, at the end,
/// every key that nobody asked for.
/// </summary>
/// <param name="owner">What the mapping is, in words that complete "is not a key of …".</param>
public sealed class Section(YamlMap map, string owner, ICollection<Finding> findings)
{
    private readonly List<string> _asked = [];

    public Place Place => map.Place;

    /// <summary>Where the value of a key stands, or the mapping itself where it is absent.</summary>
    public Place PlaceOf(string key) => map[key]?.Place ?? map.Place;

    public string? Text(string key) =>
        Find(key) is { } node && Expect<YamlText>(key, node, "text") is { } text ? text.Value : null;

    public string? RequiredText(string key)
    {
        Require(key);
        return Text(key);
    }

    /// <summary>The items of a list; empty where it is absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key) =>
        Find(key) is { } node && Expect<YamlList>(key, node, "list") is { } list ? list.Items : [];

    public IReadOnlyList<YamlNode> RequiredItems(string key)
    {
        Require(key);
        var items = Items(key);
        if (items.Count == 0 && map[key] is YamlList)
            findings.Add(Message.EmptyList(PlaceOf(key), key));
        return items;
    }

    /// <summary>The texts of a list; empty where it is absent.</summary>
    public IReadOnlyList<YamlText> Texts(string key) => OfType<YamlText>(key, Items(key), "text");

    public IReadOnlyList<YamlText> RequiredTexts(string key) => OfType<YamlText>(key, RequiredItems(key), "text");

    /// <summary>The mappings of a list; empty where it is absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) => OfType<YamlMap>(key, Items(key), "mapping");

    public IReadOnlyList<YamlMap> RequiredMaps(string key) => OfType<YamlMap>(key, RequiredItems(key), "mapping");

    public YamlMap? Map(string key) => Find(key) is { } node ? Expect<YamlMap>(key, node, "mapping") : null;

    /// <summary>Reports every key that was not asked for.</summary>
    public void Close()
    {
        foreach (var entry in map.Entries)
        {
            if (!_asked.Contains(entry.Key.Value))
                findings.Add(
                    Message.UnknownKey(entry.Key.Place, entry.Key.Value, owner, Nearest.Of(entry.Key.Value, _asked))
                );
        }
    }

    private void Require(string key)
    {
        if (map[key] is null or YamlText { IsNothing: true })
            findings.Add(Message.MissingKey(PlaceOf(key), key, owner));
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return map[key] is var node && node is not YamlText { IsNothing: true } ? node : null;
    }

    private List<T> OfType<T>(string key, IReadOnlyList<YamlNode> items, string expected)
        where T : YamlNode
    {
        var found = new List<T>(items.Count);
        foreach (var item in items)
        {
            if (Expect<T>($"{key}[]", item, expected) is { } node)
                found.Add(node);
        }
        return found;
    }

    private T? Expect<T>(string key, YamlNode node, string expected)
        where T : YamlNode
    {
        if (node is T found && node is not YamlText { IsNothing: true })
            return found;
        findings.Add(Message.WrongType(node.Place, key, expected, node.Kind));
        return null;
    }
}
