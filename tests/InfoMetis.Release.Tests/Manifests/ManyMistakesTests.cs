using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>A manifest in which nearly everything is wrong.</summary>
public sealed class ManyMistakesTests
{
    private static readonly string Text = $$"""
        apiVersion: infometis.io/release/v2
        kind: Releases
        name: Info Metis
        verion: 0.5.0
        released: yesterday
        k0s: 1.23
        platforms: [linux/amd64, linux/amd64, plan9/mips, [x]]
        stacks: [small, small, "*", {a: b}]
        kind: Release
        apps:
          - name: one
            image: UPPER/case:1
            stack: huge
          - name: one
            image: a/b:c@sha256:123
            version: "  "
            colour: red
          - image: *anchor
          - name: two
            image: a/b:1@sha256:{{Sample.A}}
          - name: three
            image: a/b:1@sha256:{{Sample.B}}
          - plain text
        auxiliary: none
        files:
          - path: ../a
            url: ftp://b
            sha256: x
            mode: 999
          - {}
        """;

    [Fact]
    public void All_of_them_are_reported_at_once_from_top_to_bottom()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("release.yaml", System.Text.Encoding.UTF8.GetBytes(Text));
        var findings = new List<Finding>();
        ManifestReader.Read(file, findings).ShouldBeNull();
        findings.ShouldAllBe(finding => finding.Place!.File == file && finding.Severity == Severity.Error);
        Approval.Verify(findings.Show().Replace(file, "FILE", StringComparison.Ordinal));
    }
}
