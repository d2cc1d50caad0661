using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Coupling;

/// <summary>The rules that manifests are judged by, in the order of their file.</summary>
public sealed class CouplingRules
{
    public const string ApiVersion = "infometis.io/couplings/v1";

    private CouplingRules(IReadOnlyList<CouplingRule> rules) => All = rules;

    public IReadOnlyList<CouplingRule> All { get; }

    /// <summary>Reads the rules; null with findings where any of them is wrong, for a rule left out is a check left out.</summary>
    public static CouplingRules? Read(string file, string text, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var rules = new List<CouplingRule>();
        if (YamlReader.ReadOne(file, text, findings) is YamlMap map)
        {
            var section = new Section(map, "a file of coupling rules", findings);
            DocumentHeader.Check(section, ApiVersion, kind: null, findings);
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in section.RequiredMaps("rules"))
            {
                if (new CouplingRuleReader(item, findings).Rule() is not { } rule)
                    continue;
                if (!names.Add(rule.Claim.Rule))
                    findings.Add(Message.RuleBroken(item.Place, rule.Claim.Rule, "its id is given twice"));
                rules.Add(rule);
            }
            section.Close();
        }
        else if (findings.Count == before)
        {
            findings.Add(Message.WrongType(new Place(file), "the document", "mapping", "text or list"));
        }
        return findings.Count == before ? new CouplingRules(rules) : null;
    }
}
