using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class A_file_that_cannot_be_read
{
    private const string ChartTemplate = """
        apiVersion: apps/v1
        kind: Deployment
        spec:
          {{- if .Values.replicas }}
          replicas: {{ .Values.replicas }}
          {{- end }}
          template: { spec: { containers: [ { image: nginx } ] } }
        """;

    [Theory]
    [InlineData(ChartTemplate)]
    [InlineData("spec:\n  containers:\n    - image: '{{ .Values.image }}'\n")]
    [InlineData("spec:\n  containers:\n    - image: nginx:{{ .Values.tag }}\n")]
    public void Because_it_is_a_template_is_named_with_its_place(string text)
    {
        var finding = Findings(text).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Place!.Line.ShouldBeGreaterThan(2);
        finding.Hint!.ShouldContain("Render the template first");
    }

    [Fact]
    public void Because_its_image_is_a_template_without_quotes_is_named_at_both_braces() =>
        Findings("spec:\n  containers:\n    - image: {{ .Values.image }}\n")
            .Select(f => (f.Code, f.Place!.Line, f.Place!.Column))
            .ShouldBe([(Codes.DeploymentUnread, 3, 15), (Codes.DeploymentUnread, 3, 14)]);

    [Fact]
    public void Is_not_one_that_only_holds_braces_in_a_text() =>
        Findings("kind: ConfigMap\ndata:\n  alert: on {{ $labels.instance }}\n  more: |\n    {{ if }}\n")
            .ShouldBeEmpty();

    [Fact]
    public void In_two_parts_of_one_line_says_both() =>
        Findings("{ containers: [ { image: A }, { image: B } ] }").Count.ShouldBe(2);

    [Fact]
    public void Because_it_is_no_YAML_is_named_with_its_reason()
    {
        var finding = Findings("a: [\n").ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Fact.ShouldContain("not valid YAML");
        finding.Hint!.ShouldNotContain("template");
    }

    [Theory]
    [InlineData("a: &x nginx\nb: *x\n", "alias 'x'")]
    [InlineData("a: 1\na: 2\n", "given twice")]
    [InlineData("only words", "Kubernetes object")]
    [InlineData("containers: [ { image: [ nginx ] } ]", "is a list")]
    [InlineData("containers: [ { image: NGINX } ]", "'NGINX' is not an image reference")]
    public void In_one_part_says_so(string text, string reason)
    {
        var finding = Findings(text).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeploymentUnread);
        finding.Fact.ShouldContain(reason);
    }

    [Fact]
    public void In_one_part_is_read_in_the_others() =>
        Findings($"{Pod("nginx:1")}---\na: &x 1\nb: *x\n---\n{Pod("nginx:2")}---\na: [\n")
            .Select(f => f.Code)
            .ShouldBe([
                Codes.DeploymentUnread,
                Codes.DeploymentUnread,
                Codes.DeployedNotInRelease,
                Codes.DeployedNotInRelease,
            ]);

    [Fact]
    public void Because_it_is_not_UTF_8_or_too_large_is_named()
    {
        using var folder = new DeployedFolder();
        var latin = Path.Join(folder.Root, "latin.yaml");
        var large = Path.Join(folder.Root, "large.yaml");
        File.WriteAllBytes(latin, [0x61, 0x3A, 0x20, 0xE9]);
        using (var stream = File.Create(large))
            stream.SetLength((16 << 20) + 1);

        var unread = folder.Check("1.23.17", folder.Root).FindAll(f => f.Code != Codes.NeverDeployed);

        unread.ShouldAllBe(f => f.Code == Codes.DeploymentUnread);
        unread.Select(f => f.Place!.File).ShouldBe([large, latin], ignoreOrder: true);
    }
}
