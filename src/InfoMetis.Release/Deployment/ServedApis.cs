using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;
using NuGet.Versioning;

namespace InfoMetis.Release.Deployment;

/// <summary>Which kinds of Kubernetes objects are served under which apiVersion, and by which Kubernetes.</summary>
public sealed class ServedApis
{
    public const string ApiVersion = "infometis.io/kubernetes-apis/v1";

    private readonly Dictionary<(string Version, string Kind), ServedApi> _apis = [];

    private ServedApis() { }

    public IReadOnlyCollection<ServedApi> All => _apis.Values;

    /// <summary>Everything in the text that can be read; what cannot is reported.</summary>
    public static ServedApis Read(string file, string text, ICollection<Finding> findings)
    {
        var apis = new ServedApis();
        switch (YamlReader.ReadOne(file, text, findings))
        {
            case YamlMap root:
                var section = new Section(root, "the list of Kubernetes APIs", findings);
                DocumentHeader.Check(section, ApiVersion, kind: null, findings);
                foreach (var map in section.RequiredMaps("apis"))
                    apis.Add(new Section(map, "an API", findings), findings);
                section.Close();
                break;
            case { } node:
                findings.Add(Message.WrongType(node.Place, "the document", "mapping", node.Kind));
                break;
        }
        return apis;
    }

    /// <summary>What is known of a kind under an apiVersion, or null.</summary>
    public ServedApi? Find(string version, string kind) => _apis.GetValueOrDefault((version, kind));

    /// <summary>The apiVersion to write for a kind: of those that a Kubernetes serves, the one that came last.</summary>
    public ServedApi? Newest(string kind, NuGetVersion kubernetes) =>
        All.Where(api => api.Kind == kind && api.Range.Satisfies(kubernetes)).MaxBy(api => api.Range.MinVersion);

    private void Add(Section section, ICollection<Finding> findings)
    {
        var version = section.RequiredText("version");
        var kinds = section.RequiredTexts("kinds");
        var range = Range(section, findings);
        var source = section.RequiredText("source");
        section.Close();
        if (version is null || range is null || source is null)
            return;
        foreach (var kind in kinds)
        {
            var api = new ServedApi(version, kind.Value, range, source);
            if (!_apis.TryAdd((version, kind.Value), api))
                findings.Add(Message.BadValue(kind.Place, "kinds", api.ToString(), "named only once"));
        }
    }

    private static VersionRange? Range(Section section, ICollection<Finding> findings)
    {
        var text = section.RequiredText("served");
        if (text is null)
            return null;
        if (VersionRange.TryParse(text, out var range))
            return range;
        findings.Add(
            Message.BadValue(section.PlaceOf("served"), "served", text, "a range of versions such as [1.14.0,1.22.0)")
        );
        return null;
    }
}

/// <param name="Version">As objects write it after <c>apiVersion:</c>.</param>
/// <param name="Range">The versions of Kubernetes that serve it.</param>
public sealed record ServedApi(string Version, string Kind, VersionRange Range, string Source)
{
    public override string ToString() => $"{Version} {Kind}";
}
