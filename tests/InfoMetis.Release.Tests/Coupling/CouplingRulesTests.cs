using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_coupling_rules_are_read
{
    private const string Head = "id: a, severity: error, sentence: s, source: x";

    [Theory]
    [InlineData(
        $"{{ {Head}, kind: guess }}",
        "kind is 'guess', not one of k0s-images, equals, lockstep, range, floating, ended"
    )]
    [InlineData("{ id: a, severity: fatal, sentence: s, source: x, kind: k0s-images }", "severity is 'fatal'")]
    [InlineData(
        $"{{ {Head}, kind: equals, image: a/b, equals: helm }}",
        "equals is 'helm', not one of k0s, kubernetes"
    )]
    [InlineData($"{{ {Head}, kind: equals, image: 'a/b:1', equals: k0s }}", "'a/b:1' is no repository")]
    [InlineData($"{{ {Head}, kind: lockstep, images: [a/b] }}", "a lockstep needs two images")]
    [InlineData($"{{ {Head}, kind: lockstep, images: [a/b, c, 'A B'] }}", "'A B' is no repository")]
    [InlineData(
        $"{{ {Head}, kind: range, image: a/b, range: soon }}",
        "range is 'soon', not a range such as [7.5.0,7.6.0)"
    )]
    [InlineData($"{{ {Head}, kind: range, image: a/b, versions: x, range: '[1,2)' }}", "versions is 'x'")]
    [InlineData($"{{ {Head}, kind: range, image: a/b, against: 'c:1', range: '[1,2)' }}", "'c:1' is no repository")]
    [InlineData($"{{ {Head}, kind: floating, fewerNumbersThan: many }}", "fewerNumbersThan is 'many'")]
    [InlineData($"{{ {Head}, kind: floating, moved: [busybox] }}", "'busybox' is no reference with a tag")]
    [InlineData(
        $"{{ {Head}, kind: ended, images: [a/b], versions: '[1,2)', ended: soon }}",
        "ended is 'soon', not a date"
    )]
    public void What_cannot_be_used_is_refused_with_the_reason(string rule, string reason)
    {
        var finding = Read($"  - {rule}").ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.RuleBroken);
        finding.Fact.ShouldContain(reason);
        finding.Subject.ShouldBe("a");
        finding.Place!.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("{ severity: error, sentence: s, source: x, kind: k0s-images }", "id")]
    [InlineData("{ id: a, sentence: s, source: x, kind: k0s-images }", "severity")]
    [InlineData("{ id: a, severity: error, source: x, kind: k0s-images }", "sentence")]
    [InlineData("{ id: a, severity: error, sentence: s, kind: k0s-images }", "source")]
    [InlineData($"{{ {Head} }}", "kind")]
    [InlineData($"{{ {Head}, kind: equals, equals: k0s }}", "image")]
    [InlineData($"{{ {Head}, kind: equals, image: a/b }}", "equals")]
    [InlineData($"{{ {Head}, kind: lockstep }}", "images")]
    [InlineData($"{{ {Head}, kind: range, range: '[1,2)' }}", "image")]
    [InlineData($"{{ {Head}, kind: range, image: a/b }}", "range")]
    [InlineData($"{{ {Head}, kind: ended, versions: '[1,2)', ended: 2025-01-01 }}", "images")]
    [InlineData($"{{ {Head}, kind: ended, images: [a/b], ended: 2025-01-01 }}", "versions")]
    [InlineData($"{{ {Head}, kind: ended, images: [a/b], versions: '[1,2)' }}", "ended")]
    public void What_is_missing_is_named(string rule, string key) =>
        Read($"  - {rule}").ShouldContain(finding => finding.Code == Codes.MissingKey && finding.Subject == key);

    [Fact]
    public void A_key_of_another_kind_is_unknown() =>
        Read($"  - {{ {Head}, kind: k0s-images, range: '[1,2)' }}")
            .ShouldHaveSingleItem()
            .Code.ShouldBe(Codes.UnknownKey);

    [Fact]
    public void An_id_given_twice_is_refused() =>
        Read($"  - {{ {Head}, kind: k0s-images }}\n  - {{ {Head}, kind: k0s-images }}")
            .ShouldHaveSingleItem()
            .Fact.ShouldContain("its id is given twice");

    [Fact]
    public void All_findings_come_at_once() =>
        Read(
            $"  - {{ {Head}, kind: guess }}\n  - {{ id: b, severity: x, sentence: s, source: x, kind: lockstep, images: [a/b] }}"
        )
            .Count.ShouldBe(3);

    [Theory]
    [InlineData("- a", Codes.WrongType)]
    [InlineData("a: [", Codes.NotYaml)]
    [InlineData("", Codes.OneDocument)]
    [InlineData("apiVersion: infometis.io/couplings/v2\nrules: [{}]", Codes.NewerApiVersion)]
    [InlineData("apiVersion: infometis.io/couplings/v1\nrules: []", Codes.EmptyList)]
    [InlineData("apiVersion: infometis.io/couplings/v1", Codes.MissingKey)]
    public void What_is_no_file_of_rules_is_refused(string text, string code)
    {
        var findings = new List<Finding>();

        CouplingRules.Read("rules.yaml", text, findings).ShouldBeNull();

        findings.ShouldContain(finding => finding.Code == code);
    }

    [Fact]
    public void Severities_are_read()
    {
        var rules = Sample.Rules(
            $"""
              - {Of("a", "error")}
              - {Of("b", "warning")}
              - {Of("c", "information")}
            """
        );

        rules
            .All.Select(rule => rule.Claim.Severity)
            .ShouldBe([Severity.Error, Severity.Warning, Severity.Information]);
        rules.All.Select(rule => rule.Kind).Distinct().ShouldBe(["k0s-images"]);
    }

    private static string Of(string id, string severity) =>
        $"{{ id: {id}, severity: {severity}, sentence: s, source: x, kind: k0s-images }}";

    private static List<Finding> Read(string rules)
    {
        var findings = new List<Finding>();
        var read = CouplingRules.Read(
            "rules.yaml",
            $"apiVersion: infometis.io/couplings/v1\nrules:\n{rules}\n",
            findings
        );
        read.ShouldBeNull();
        return findings;
    }
}
