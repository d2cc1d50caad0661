using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_the_shipped_bom_judges
{
    private readonly K0sCatalog _catalog = Read(BomFolder.BuiltIn.Catalog);
    private readonly CouplingRules _rules = Read(BomFolder.BuiltIn.Rules);

    [Fact]
    public void The_catalogue_holds_every_release_and_each_can_be_read()
    {
        var versions = _catalog.Versions([]).ShouldNotBeNull();

        versions.Count.ShouldBe(239);
        foreach (var version in versions)
        {
            var findings = new List<Finding>();
            _catalog.Find(version, findings).ShouldNotBeNull($"{version}: {findings.FirstOrDefault()?.Fact}");
        }
    }

    /// <summary>The law of the gate: what k0s itself asks for always fits it.</summary>
    [Fact]
    public void The_images_of_every_release_fit_that_release()
    {
        var gate = new CouplingGate(_rules, _catalog);
        foreach (var version in _catalog.Versions([])!)
        {
            var release = _catalog.Find(version, [])!;
            var lines = release.Images.Select(image => $"{image.Name} {image.Reference}");
            var manifest = Sample.Manifest("", string.Join('\n', lines), version.ToString());

            gate.Judge(manifest, other: null, today: null).Reasons.ShouldBeEmpty(version.ToString());
        }
    }

    [Fact]
    public void Every_rule_names_its_source_and_an_id_of_its_own()
    {
        _rules.All.Count.ShouldBeGreaterThan(10);
        _rules.All.Select(rule => rule.Claim.Rule).ShouldBeUnique();
        _rules.All.ShouldAllBe(rule => rule.Claim.Source.Length > 0 && rule.Claim.Sentence.Length > 0);
    }

    [Theory]
    [InlineData("a confluentinc/cp-kafka:7.5.0\nb confluentinc/cp-schema-registry:7.4.0", "confluent-lockstep")]
    [InlineData("a confluentinc/ksqldb-server:0.29.0\nb confluentinc/ksqldb-cli:0.28.2", "ksqldb-lockstep")]
    [InlineData("a confluentinc/ksqldb-server:0.29.0\nb confluentinc/cp-kafka:7.4.0", "ksqldb-confluent")]
    [InlineData("a apache/nifi:1.23.2\nb apache/nifi-registry:1.23.1", "nifi-lockstep")]
    [InlineData("a k0sproject/k0s:v1.23.17-k0s.0", "k0s-image")]
    [InlineData("a registry.k8s.io/kube-proxy:v1.23.16", "kube-proxy")]
    public void A_broken_coupling_is_refused_by_its_rule(string apps, string rule) =>
        Judge(apps).Reasons.ShouldContain(reason => reason.Rule == rule);

    [Theory]
    [InlineData(
        "a confluentinc/cp-kafka:7.5.0\nb confluentinc/cp-schema-registry:7.5.0\nc confluentinc/ksqldb-server:0.29.0"
    )]
    [InlineData("a apache/nifi:1.23.2\nb apache/nifi-registry:1.23.2")]
    [InlineData("a k0sproject/k0s:v1.23.17-k0s.1\nb registry.k8s.io/kube-proxy:v1.23.17")]
    [InlineData("a prom/prometheus:v2.47.0\nb prom/alertmanager:v0.25.1")]
    public void What_belongs_together_passes(string apps) =>
        Judge(apps).Findings.ShouldNotContain(finding => finding.Code != Codes.AuxiliaryAbsent);

    [Theory]
    [InlineData("a registry.k8s.io/metrics-server/metrics-server:v0.5.2", "metrics-server-kubernetes")]
    [InlineData("a cloudnativelabs/kube-router:v1.3.2", "kube-router-kubernetes")]
    [InlineData("a traefik:v2.9.10", "traefik-kubernetes")]
    public void A_range_against_Kubernetes_is_looked_at_and_holds_for_1_23(string apps, string rule) =>
        Judge(apps).Verdicts.ShouldContain(verdict => verdict.Rule.Claim.Rule == rule && verdict.Finding == null);

    [Theory]
    [InlineData("a prom/prometheus:v2.47.0\nb prom/alertmanager:v0.27.0", "prometheus-alertmanager")]
    [InlineData("a prom/alertmanager:v0.25.0", "alertmanager-xss")]
    [InlineData("a traefik:v2.9.10", "traefik-ended")]
    [InlineData("a provectuslabs/kafka-ui:latest", "floating-tags")]
    [InlineData("a elasticsearch:8.15.0", "moved-tags")]
    public void A_risk_is_a_warning_of_its_rule(string apps, string rule) =>
        Judge(apps).Findings.ShouldContain(f => f.Rule == rule && f.Severity == Severity.Warning);

    [Fact]
    public void Confluent_lost_support_after_the_release()
    {
        Judge("a confluentinc/cp-kafka:7.5.0").Findings.ShouldNotContain(finding => finding.Rule == "confluent-ended");
        new CouplingGate(_rules, _catalog)
            .Judge(Sample.Manifest("a confluentinc/cp-kafka:7.5.0"), other: null, new DateOnly(2026, 11, 20))
            .Findings.ShouldContain(f => f.Rule == "confluent-ended" && f.Severity == Severity.Information);
    }

    private CouplingReport Judge(string apps) =>
        new CouplingGate(_rules, _catalog).Judge(Sample.Manifest(apps), other: null, today: null);

    private static T Read<T>(Func<ICollection<Finding>, T?> read)
        where T : class
    {
        var findings = new List<Finding>();
        var value = read(findings);
        findings.ShouldBeEmpty();
        return value.ShouldNotBeNull();
    }
}
