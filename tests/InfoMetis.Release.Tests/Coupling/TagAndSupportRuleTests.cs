using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_tags_float_or_support_ends
{
    private const string Floating = """
          - { id: f, kind: floating, severity: warning, tags: [latest], fewerNumbersThan: 3, except: [registry.k8s.io/pause], sentence: s, source: x }
        """;

    private const string Moved = """
          - { id: m, kind: floating, severity: warning, moved: ["busybox:1.35", "elasticsearch:8.15.0"], sentence: s, source: x }
        """;

    private const string Ended = """
          - { id: e, kind: ended, severity: warning, images: [traefik, confluentinc/cp-kafka], versions: "[2.9.0,2.10.0)", ended: 2025-07-24, sentence: s, source: x }
        """;

    private static readonly DateOnly Today = new(2026, 1, 1);

    [Theory]
    [InlineData("latest")]
    [InlineData("v2.9")]
    [InlineData("1.35")]
    [InlineData("1.18-scala_2.12")]
    [InlineData("2")]
    public void A_floating_tag_is_told(string tag)
    {
        var finding = Judge(Floating, $"a docker.io/x/a:{tag}").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.Floating);
        finding.Fact.ShouldStartWith($"docker.io/x/a:{tag} is a floating tag");
        finding.Severity.ShouldBe(Severity.Warning);
    }

    [Theory]
    [InlineData("docker.io/x/a:v2.9.10")]
    [InlineData("docker.io/x/a:0.0.32-k0s1")]
    [InlineData("docker.io/x/a:1.2.3.4")]
    [InlineData("docker.io/x/a:release")]
    [InlineData("docker.io/x/a:v1.23.17-k0s.1")]
    [InlineData("registry.k8s.io/pause:3.5")]
    public void A_whole_version_does_not_float(string image) => Judge(Floating, $"a {image}").Findings.ShouldBeEmpty();

    [Fact]
    public void A_digest_lowers_the_risk()
    {
        Judge(Floating, "a busybox:1.35").Findings[0].Fact.ShouldContain("high risk");
        Judge(Floating, $"a busybox:1.35@{Sample.Digest}").Findings[0].Fact.ShouldContain("low risk");
        Judge(Moved, "a busybox:1.35").Findings[0].Fact.ShouldContain("high risk");
        Judge(Moved, $"a busybox:1.35@{Sample.Digest}").Findings[0].Fact.ShouldContain("low risk");
    }

    [Fact]
    public void A_tag_known_to_have_moved_is_told()
    {
        var finding = Judge(Moved, "a busybox:1.36\nb elasticsearch:8.15.0").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.TagMoved);
        finding.Subject.ShouldBe("b");
        finding.Place.ShouldBe(new Place("sample.yaml", 11, 12));
    }

    [Fact]
    public void Every_image_is_looked_at_auxiliary_ones_too() =>
        Sample
            .Judge(Floating, Sample.Manifest("a x/a:1.2.3", "c docker.io/coredns/coredns:1.7"))
            .Findings.ShouldHaveSingleItem()
            .Subject.ShouldBe("c");

    [Fact]
    public void Support_that_ended_before_the_release_is_a_warning()
    {
        var finding = Judge(Ended, "t traefik:v2.9.10").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.SupportEnded);
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Fact.ShouldBe("support of t v2.9.10 ended on 2025-07-24, before the release of 2025-07-25: s");
    }

    [Theory]
    [InlineData("t traefik:v2.10.0")]
    [InlineData("n nginx:2.9.0")]
    public void Other_versions_and_images_are_left_alone(string image) => Judge(Ended, image).Findings.ShouldBeEmpty();

    [Fact]
    public void An_image_whose_version_is_unknown_cannot_be_said_to_be_supported() =>
        Judge(Ended, "t traefik:latest").Findings.ShouldHaveSingleItem().Code.ShouldBe(Codes.VersionUnknown);

    [Theory]
    [InlineData("2025-07-25")]
    [InlineData("2025-12-31")]
    public void Support_that_ended_since_is_told_only_when_today_is_asked_about(string ended)
    {
        var rule = Ended.Replace("2025-07-24", ended, StringComparison.Ordinal);

        Judge(rule, "t traefik:v2.9.10").Findings.ShouldBeEmpty();

        var finding = Judge(rule, "t traefik:v2.9.10", Today).Findings.ShouldHaveSingleItem();
        finding.Severity.ShouldBe(Severity.Information);
        finding.Fact.ShouldContain("before today, 2026-01-01");
    }

    [Fact]
    public void Support_that_ends_today_has_not_ended()
    {
        var rule = Ended.Replace("2025-07-24", "2026-01-01", StringComparison.Ordinal);

        var verdict = Judge(rule, "t traefik:v2.9.10", Today).Verdicts.ShouldHaveSingleItem();

        verdict.Image!.Name.ShouldBe("t");
        verdict.Finding.ShouldBeNull();
    }

    [Fact]
    public void Every_image_of_the_rule_is_judged() =>
        Judge(Ended, "t traefik:v2.9.10\nk confluentinc/cp-kafka:2.9.1").Findings.Count.ShouldBe(2);

    private static CouplingReport Judge(string rules, string apps, DateOnly? today = null) =>
        Sample.Judge(rules, Sample.Manifest(apps), today: today);
}
