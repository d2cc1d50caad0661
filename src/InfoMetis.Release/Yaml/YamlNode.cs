using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Yaml;

/// <summary>A piece of a YAML document that knows where it stands.</summary>
public abstract record YamlNode(Place Place)
{
    /// <summary>What a person calls it: "text", "list" or "mapping".</summary>
    public abstract string Kind { get; }
}

/// <param name="IsPlain">Written without quotes, so that <c>null</c> and an empty value mean "nothing".</param>
public sealed record YamlText(Place Place, string Value, bool IsPlain) : YamlNode(Place)
{
    public override string Kind => IsNothing ? "missing value" : "text";

    public bool IsNothing => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

public sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place)
{
    public override string Kind => "list";
}

public sealed record YamlMap(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place)
{
    public override string Kind => "mapping";

    /// <summary>The value of a key, or null; the first where a key is given twice.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Value == key)
                    return entry.Value;
            }
            return null;
        }
    }
}

public sealed record YamlEntry(YamlText Key, YamlNode Value);
