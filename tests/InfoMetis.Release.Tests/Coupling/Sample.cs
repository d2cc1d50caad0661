using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Coupling;

/// <summary>Small releases, rules and catalogues to judge.</summary>
internal static class Sample
{
    public const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public const string Catalog = """
        apiVersion: infometis.io/k0s-catalog/v1
        releases:
          - version: v1.23.16+k0s.0
            components: { kubernetes: 1.23.16, containerd: 1.5.18 }
            images:
              pause: registry.k8s.io/pause:3.5
              coredns: docker.io/coredns/coredns:1.7.0
          - version: v1.23.17+k0s.0
            components: { kubernetes: 1.23.17, containerd: 1.5.18 }
            images:
              pause: registry.k8s.io/pause:3.5
              coredns: docker.io/coredns/coredns:1.7.1
            optional:
              calico-cni: docker.io/calico/cni:v3.21.6
          - version: v1.23.17+k0s.1
            components: { kubernetes: 1.23.17, containerd: 1.5.18, etcd: 3.5.7 }
            images:
              pause: registry.k8s.io/pause:3.5
              coredns: docker.io/coredns/coredns:1.7.1
            optional:
              calico-cni: docker.io/calico/cni:v3.21.6
        """;

    public const string Fitting = """
        coredns docker.io/coredns/coredns:1.7.1
        pause registry.k8s.io/pause:3.5
        """;

    /// <summary>A manifest of images given a line each: name, reference, and a version where the tag is none.</summary>
    public static ReleaseManifest Manifest(string apps, string auxiliary = Fitting, string k0s = "v1.23.17+k0s.1") =>
        new()
        {
            File = "sample.yaml",
            Name = "sample",
            Version = "1.0.0",
            Released = new DateTimeOffset(2025, 7, 25, 21, 31, 16, TimeSpan.Zero),
            K0s = K0sVersion.Parse(k0s),
            Platforms = [Platform.Parse("linux/amd64")],
            Stacks = [],
            Apps = Images(apps, ImageGroup.Apps, firstLine: 10),
            Auxiliary = Images(auxiliary, ImageGroup.Auxiliary, firstLine: 100),
            Files = [],
            K0sPlace = new Place("sample.yaml", 5, 6),
            AuxiliaryPlace = new Place("sample.yaml", 99, 3),
        };

    public static CouplingRules Rules(string rules)
    {
        var findings = new List<Finding>();
        var read = CouplingRules.Read(
            "rules.yaml",
            $"apiVersion: infometis.io/couplings/v1\nrules:\n{rules}\n",
            findings
        );
        findings.ShouldBeEmpty();
        return read.ShouldNotBeNull();
    }

    public static K0sCatalog ReadCatalog(string text = Catalog)
    {
        var findings = new List<Finding>();
        var catalog = K0sCatalog.Read("catalog.yaml", text, findings);
        findings.ShouldBeEmpty();
        return catalog.ShouldNotBeNull();
    }

    public static CouplingReport Judge(
        string rules,
        ReleaseManifest manifest,
        string? k0s = null,
        DateOnly? today = null
    ) =>
        new CouplingGate(Rules(rules), ReadCatalog()).Judge(
            manifest,
            k0s is null ? null : K0sVersion.Parse(k0s),
            today
        );

    private static IReadOnlyList<ReleaseImage> Images(string lines, ImageGroup group, int firstLine) =>
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(
                    (line, index) =>
                    {
                        var words = line.Split(' ');
                        return new ReleaseImage
                        {
                            Name = words[0],
                            Reference = ImageReference.Parse(words[1]),
                            Group = group,
                            StatedVersion = words.Length > 2 ? words[2] : null,
                            Place = new Place("sample.yaml", firstLine + index, 12),
                        };
                    }
                ),
        ];
}
