using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;
using NuGet.Versioning;

namespace InfoMetis.Release.Deployment;

/// <summary>Checks that a Kubernetes serves the apiVersion of each object. What the list does not know is not judged.</summary>
internal sealed class ApiCheck(ServedApis apis, NuGetVersion kubernetes, ICollection<Finding> findings)
{
    private const string ListSuffix = "List";

    public void Check(YamlNode document)
    {
        if (document is not YamlMap map)
            return;
        if (map["apiVersion"] is YamlText version && map["kind"] is YamlText kind)
        {
            Judge(version, kind.Value);
            if (!kind.Value.EndsWith(ListSuffix, StringComparison.Ordinal))
                return;
        }
        foreach (var item in (map["items"] as YamlList)?.Items ?? [])
            Check(item);
    }

    private void Judge(YamlText version, string kind)
    {
        // A DeploymentList is served wherever a Deployment is.
        var api =
            apis.Find(version.Value, kind)
            ?? (
                kind.EndsWith(ListSuffix, StringComparison.Ordinal)
                    ? apis.Find(version.Value, kind[..^ListSuffix.Length])
                    : null
            );
        if (api is null || api.Range.Satisfies(kubernetes))
            return;
        var instead = apis.Newest(api.Kind, kubernetes)?.Version;
        findings.Add(
            api.Range.MinVersion is { } first && kubernetes < first
                ? Message.ApiNotYetServed(
                    version.Place,
                    api.ToString(),
                    kubernetes.ToString(),
                    Short(first),
                    instead,
                    api.Source
                )
                : Message.ApiNoLongerServed(
                    version.Place,
                    api.ToString(),
                    kubernetes.ToString(),
                    Short(api.Range.MaxVersion!),
                    instead,
                    api.Source
                )
        );
    }

    private static string Short(NuGetVersion version) =>
        version.Patch == 0 ? $"{version.Major}.{version.Minor}" : version.ToNormalizedString();
}
