using InfoMetis.Release.Deployment;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Deployment;

/// <summary>A real folder of Kubernetes YAML beside a small release, gone at the end of the test.</summary>
internal sealed class DeployedFolder : IDisposable
{
    public const string KafkaDigest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    public const string OtherDigest = "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    public static readonly ServedApis Apis = ReadApis();

    private static readonly ReleaseManifest Release = ReadRelease();

    public string Root { get; } = Directory.CreateTempSubdirectory("imrel-deployed-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string Write(string name, string text)
    {
        var file = Path.Join(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public List<Finding> Check(string kubernetes, params string[] paths)
    {
        var findings = new List<Finding>();
        DeploymentCheck.Check(Release, kubernetes, paths, Apis, findings);
        return findings;
    }

    /// <summary>The findings about one file with this text, those about images that nobody deploys aside.</summary>
    public static List<Finding> Findings(string text) => Findings(text, "1.23.17");

    public static List<Finding> Findings(string text, string kubernetes)
    {
        using var folder = new DeployedFolder();
        var findings = folder.Check(kubernetes, folder.Write("deployed.yaml", text));
        findings.RemoveAll(finding => finding.Code == Codes.NeverDeployed);
        return findings;
    }

    public static string Pod(string image) =>
        $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: one\n      image: {image}\n";

    public static ServedApis ReadApis()
    {
        using var stream = typeof(ServedApis).Assembly.GetManifestResourceStream("bom/kubernetes-apis.yaml")!;
        using var reader = new StreamReader(stream);
        var findings = new List<Finding>();
        var apis = ServedApis.Read("bom/kubernetes-apis.yaml", reader.ReadToEnd(), findings);
        findings.ShouldBeEmpty();
        return apis;
    }

    private static ReleaseManifest ReadRelease()
    {
        const string Text = $$"""
            apiVersion: infometis.io/release/v1
            kind: Release
            name: infometis
            version: 0.5.0
            released: 2025-07-25T21:31:16Z
            k0s: v1.23.17+k0s.1
            platforms: [linux/amd64]
            apps:
              - { name: kafka, image: "docker.io/confluentinc/cp-kafka:7.5.0@{{KafkaDigest}}" }
              - { name: busybox, image: "busybox:1.35" }
              - { name: k0s, image: "k0sproject/k0s:latest@{{OtherDigest}}" }
            auxiliary:
              - { name: pause, image: "registry.k8s.io/pause:3.5@{{OtherDigest}}" }
            """;
        var findings = new List<Finding>();
        return ManifestReader.Parse("release.yaml", Text, findings)
            ?? throw new InvalidOperationException(string.Join('\n', findings));
    }
}
