using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Registry;

/// <summary>registries.yaml: how registries are reached that are not simply reached by their name.</summary>
public sealed class RegistriesFile
{
    public const string ApiVersion = "infometis.io/registries/v1";

    private const int Largest = 1 << 20;

    private readonly IReadOnlyDictionary<string, RegistryRules> _rules;

    private RegistriesFile(IReadOnlyDictionary<string, RegistryRules> rules) => _rules = rules;

    public static RegistriesFile Empty { get; } = new(new Dictionary<string, RegistryRules>());

    /// <summary>The rules of a registry, by its host and perhaps port.</summary>
    public RegistryRules this[string registry] => _rules.GetValueOrDefault(registry) ?? RegistryRules.None;

    /// <summary>The file, or null with at least one error that says why there is none.</summary>
    public static RegistriesFile? Read(string file, ICollection<Finding> findings) =>
        TextFile.Read(file, Largest, findings) is { } text ? Parse(file, text, findings) : null;

    /// <summary>As <see cref="Read"/>, from text in hand; names of other files count from the folder of this one.</summary>
    public static RegistriesFile? Parse(string file, string text, ICollection<Finding> findings)
    {
        var found = new List<Finding>();
        var rules = new Dictionary<string, RegistryRules>(StringComparer.OrdinalIgnoreCase);
        var node = YamlReader.ReadOne(file, text, found);
        if (node is YamlMap root)
            Take(root, file, rules, found);
        else if (node is not null)
            found.Add(Message.WrongType(node.Place, "the document", "mapping", node.Kind));
        foreach (var finding in found)
            findings.Add(finding);
        return found.Count == 0 ? new RegistriesFile(rules) : null;
    }

    private static void Take(YamlMap root, string file, Dictionary<string, RegistryRules> rules, List<Finding> findings)
    {
        var section = new Section(root, "a registries file", findings);
        DocumentHeader.Check(section, ApiVersion, kind: null, findings);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        foreach (var entry in section.Map("registries")?.Entries ?? [])
        {
            if (Name(entry.Key, findings) is not { } name)
                continue;
            if (entry.Value is not YamlMap map)
                findings.Add(Message.WrongType(entry.Value.Place, name, "mapping", entry.Value.Kind));
            else if (!rules.TryAdd(name, new RegistryRulesReader(map, folder, findings).Read()))
                findings.Add(Message.BadValue(entry.Key.Place, "registries", entry.Key.Value, "named only once"));
        }
        section.Close();
    }

    private static string? Name(YamlText key, List<Finding> findings)
    {
        // Only what an image reference can start with is ever looked up.
        if (
            ImageReference.TryParse($"{key.Value}/folder/image", out var reference)
            && reference.Repository == "folder/image"
        )
            return reference.Registry is "registry-1.docker.io" ? ImageReference.DockerHub : reference.Registry;
        findings.Add(
            Message.BadValue(key.Place, "registries", key.Value, "a registry: a host and, where needed, a port")
        );
        return null;
    }
}
