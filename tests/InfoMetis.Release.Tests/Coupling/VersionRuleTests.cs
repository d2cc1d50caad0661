using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_versions_are_held_against_each_other
{
    private const string Equality = """
          - { id: k0s-image, kind: equals, severity: error, image: k0sproject/k0s, equals: k0s, sentence: s, source: x }
          - { id: proxy, kind: equals, severity: error, image: registry.k8s.io/kube-proxy, equals: kubernetes, sentence: s, source: x }
        """;

    private const string Lockstep = """
          - { id: step, kind: lockstep, severity: error, images: [apache/nifi, apache/nifi-registry], sentence: one release, source: x }
        """;

    private const string AgainstKubernetes = """
          - { id: r, kind: range, severity: error, image: traefik, versions: "[2.9.0,2.10.0)", against: kubernetes, range: "[1.14.0,)", sentence: s, source: x }
          - { id: young, kind: range, severity: error, image: busybox, against: kubernetes, range: "[1.24.0,)", sentence: s, source: x }
        """;

    private const string AgainstImage = """
          - { id: r, kind: range, severity: warning, image: prom/prometheus, versions: "[2.47.0,2.48.0)", against: prom/alertmanager, range: "[0.25.0,0.27.0)", sentence: s, source: x }
        """;

    private const string AgainstItself = """
          - { id: r, kind: range, severity: warning, image: prom/alertmanager, range: "[0.25.1,)", sentence: s, source: x }
        """;

    [Theory]
    [InlineData("k0s k0sproject/k0s:latest v1.23.17+k0s.1")]
    [InlineData("k0s k0sproject/k0s:v1.23.17-k0s.1")]
    [InlineData("p registry.k8s.io/kube-proxy:v1.23.17")]
    [InlineData("other registry.k8s.io/other:v1.0.0")]
    public void Equal_ones_pass(string image) => Judge(Equality, image).Findings.ShouldBeEmpty();

    [Theory]
    [InlineData(
        "k0s k0sproject/k0s:v1.23.17-k0s.0",
        "k0s is v1.23.17-k0s.0 while the k0s it must fit is v1.23.17+k0s.1: s"
    )]
    [InlineData(
        "k0s k0sproject/k0s:x v1.23.17+k0s.0",
        "k0s is v1.23.17+k0s.0 while the k0s it must fit is v1.23.17+k0s.1: s"
    )]
    [InlineData("p registry.k8s.io/kube-proxy:v1.23.16", "p is v1.23.16 while Kubernetes is v1.23.17: s")]
    public void Unequal_ones_are_named_with_both_values(string image, string fact)
    {
        var finding = Judge(Equality, image).Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.NotEqual);
        finding.Fact.ShouldBe(fact);
        finding.Place.ShouldBe(new Place("sample.yaml", 10, 12));
    }

    [Theory]
    [InlineData(Equality, "k0s k0sproject/k0s:latest")]
    [InlineData(Equality, "p registry.k8s.io/kube-proxy:newest")]
    [InlineData(Lockstep, "a apache/nifi:latest\nb apache/nifi-registry:1.23.2")]
    [InlineData(Lockstep, "a apache/nifi:1.23.2\nb apache/nifi-registry:latest")]
    [InlineData(AgainstKubernetes, "t traefik:latest")]
    [InlineData(AgainstImage, "p prom/prometheus:v2.47.0\na prom/alertmanager:latest")]
    [InlineData(AgainstItself, "a prom/alertmanager:latest")]
    public void What_is_no_version_is_a_warning_and_never_a_pass(string rule, string images)
    {
        var finding = Judge(rule, images).Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.VersionUnknown);
        finding.Severity.ShouldBe(Severity.Warning);
    }

    [Fact]
    public void What_is_no_version_is_named_where_it_stands()
    {
        var finding = Judge(AgainstImage, "p prom/prometheus:v2.47.0\na prom/alertmanager:latest").Findings[0];

        finding.Subject.ShouldBe("a");
        finding.Fact.ShouldStartWith("a cannot be judged, for 'latest' is no version");
        finding.Place.ShouldBe(new Place("sample.yaml", 11, 12));
    }

    [Theory]
    [InlineData("a apache/nifi:1.23.2\nb apache/nifi-registry:1.23.2", 2)]
    [InlineData("a apache/nifi:1.23.2\nb apache/nifi-registry:v1.23.2", 2)]
    [InlineData("a apache/nifi:1.23.2", 0)]
    [InlineData("b apache/nifi-registry:latest", 0)]
    public void Those_in_lockstep_pass(string images, int passed)
    {
        var report = Judge(Lockstep, images);

        report.Findings.ShouldBeEmpty();
        report.Verdicts.Count.ShouldBe(passed);
    }

    [Fact]
    public void One_out_of_step_is_named_with_its_leader()
    {
        var finding = Judge(Lockstep, "b apache/nifi-registry:1.23.1\na apache/nifi:1.23.2")
            .Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.LockstepBroken);
        finding.Subject.ShouldBe("b");
        finding.Fact.ShouldBe("b is 1.23.1 while a is 1.23.2: one release");
        finding.Hint.ShouldBe("Take b 1.23.2.");
        finding.Place.ShouldBe(new Place("sample.yaml", 10, 12));
    }

    [Theory]
    [InlineData(AgainstKubernetes, "t traefik:v2.9 v2.9.10")]
    [InlineData(AgainstKubernetes, "t traefik:v3.0.0")]
    [InlineData(AgainstImage, "p prom/prometheus:v2.47.0\na prom/alertmanager:v0.25.1")]
    [InlineData(AgainstImage, "p prom/prometheus:v2.48.0\na prom/alertmanager:v0.27.0")]
    [InlineData(AgainstImage, "p prom/prometheus:v2.47.0")]
    [InlineData(AgainstItself, "a prom/alertmanager:v0.25.1")]
    [InlineData(AgainstItself, "p prom/prometheus:latest")]
    public void Those_in_range_pass(string rule, string images) => Judge(rule, images).Findings.ShouldBeEmpty();

    [Theory]
    [InlineData(AgainstKubernetes, "b busybox:1.35.0", "b 1.35.0 fits Kubernetes [1.24.0,), found is 1.23.17: s")]
    [InlineData(
        AgainstImage,
        "p prom/prometheus:v2.47.0\na prom/alertmanager:v0.27.0",
        "p v2.47.0 fits a [0.25.0,0.27.0), found is v0.27.0: s"
    )]
    [InlineData(AgainstItself, "a prom/alertmanager:v0.25.0", "a is v0.25.0, which is outside [0.25.1,): s")]
    public void Those_out_of_range_are_named_with_range_and_value(string rule, string images, string fact)
    {
        var finding = Judge(rule, images).Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.OutOfRange);
        finding.Fact.ShouldBe(fact);
    }

    [Fact]
    public void The_severity_is_the_rules_own()
    {
        Judge(AgainstItself, "a prom/alertmanager:v0.25.0").Fits.ShouldBeTrue();
        Judge(AgainstKubernetes, "b busybox:1.35.0").Fits.ShouldBeFalse();
    }

    [Fact]
    public void A_hint_of_the_rule_takes_the_place_of_ours()
    {
        var rule = AgainstItself.Replace("sentence: s", "sentence: s, hint: Ask somebody.", StringComparison.Ordinal);

        Judge(rule, "a prom/alertmanager:v0.25.0").Findings[0].Hint.ShouldBe("Ask somebody.");
    }

    private static CouplingReport Judge(string rules, string apps) => Sample.Judge(rules, Sample.Manifest(apps));
}
