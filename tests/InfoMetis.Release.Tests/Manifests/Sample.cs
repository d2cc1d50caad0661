using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>A manifest without fault that holds every key, and ways to spoil it.</summary>
internal static class Sample
{
    public static readonly string A = new('a', 64);
    public static readonly string B = new('b', 64);
    public static readonly string C = new('c', 64);

    public static readonly string Text = $"""
        apiVersion: infometis.io/release/v1
        kind: Release
        name: infometis
        version: 0.5.0
        released: 2025-07-25T21:31:16Z
        k0s: v1.23.17+k0s.1
        platforms: [linux/amd64]
        stacks: [small, large]
        apps:
          - name: nifi
            image: apache/nifi:1.23.2@sha256:{A}
            version: 1.23.2
            stack: large
        auxiliary:
          - name: pause
            image: registry.k8s.io/pause:3.5@sha256:{B}
        files:
          - path: docs/readme.md
            sha256: {C}
            mode: 0640

        """;

    /// <summary>The sample with one text in it replaced by another.</summary>
    public static string With(string old, string replacement)
    {
        Text.ShouldContain(old);
        return Text.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>The sample with lines put in before one of its lines, which count from one.</summary>
    public static string Before(int line, string lines)
    {
        var all = Text.Split('\n').ToList();
        all.Insert(line - 1, lines);
        return string.Join('\n', all);
    }

    public static (ReleaseManifest? Manifest, IReadOnlyList<Finding> Findings) Read(string text)
    {
        var findings = new List<Finding>();
        return (ManifestReader.Parse("f", text, findings), findings);
    }
}
