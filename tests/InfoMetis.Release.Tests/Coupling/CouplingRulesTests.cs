using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_coupling_rules_are_read
{
    private const string Head = "id: a, severity: error, sentence: s, source: x";

    [Theory]
    [InlineData(
        $"{{ {Head}, kind: guess }}",
        "guess",
        "kind is 'guess', not one of k0s-images, equals, lockstep, range, floating, ended"
    )]
    [InlineData(
        "{ id: a, severity: fatal, sentence: s, source: x, kind: k0s-images }",
        "fatal",
        "severity is 'fatal', not one of error, warning, information"
    )]
    [InlineData(
        $"{{ {Head}, kind: equals, image: a/b, equals: helm }}",
        "helm",
        "equals is 'helm', not one of k0s, kubernetes"
    )]
    [InlineData($"{{ {Head}, kind: equals, image: 'a/b:1', equals: k0s }}", "'a/b:1'", "'a/b:1' is no repository")]
    [InlineData($"{{ {Head}, kind: lockstep, images: [a/b] }}", "[a/b]", "a lockstep needs two images")]
    [InlineData($"{{ {Head}, kind: lockstep, images: [a/b, c, 'A B'] }}", "[a/b", "'A B' is no repository")]
    [InlineData(
        $"{{ {Head}, kind: range, image: a/b, range: soon }}",
        "soon",
        "range is 'soon', not a range such as [7.5.0,7.6.0)"
    )]
    [InlineData($"{{ {Head}, kind: range, image: 'a:1', range: '[1,2)' }}", "'a:1'", "'a:1' is no repository")]
    [InlineData($"{{ {Head}, kind: range, image: a/b, versions: y, range: '[1,2)' }}", "y,", "versions is 'y'")]
    [InlineData(
        $"{{ {Head}, kind: range, image: a/b, against: 'c:1', range: '[1,2)' }}",
        "'c:1'",
        "'c:1' is no repository"
    )]
    [InlineData($"{{ {Head}, kind: floating, fewerNumbersThan: many }}", "many", "fewerNumbersThan is 'many'")]
    [InlineData($"{{ {Head}, kind: floating, except: ['A B'] }}", "['A B']", "'A B' is no repository")]
    [InlineData($"{{ {Head}, kind: floating, moved: [busybox] }}", "[busybox]", "'busybox' is no reference with a tag")]
    [InlineData(
        $"{{ {Head}, kind: ended, images: ['a:1'], versions: '[1,2)', ended: 2025-01-01 }}",
        "['a:1']",
        "'a:1' is no repository"
    )]
    [InlineData(
        $"{{ {Head}, kind: ended, images: [a/b], versions: old, ended: 2025-01-01 }}",
        "old",
        "versions is 'old', not a range"
    )]
    [InlineData(
        $"{{ {Head}, kind: ended, images: [a/b], versions: '[1,2)', ended: soon }}",
        "soon",
        "ended is 'soon', not a date"
    )]
    public void What_cannot_be_used_is_refused_where_it_stands_with_the_reason(string rule, string part, string reason)
    {
        var line = $"  - {rule}";

        var finding = Read(line).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.RuleBroken);
        finding.Fact.ShouldContain(reason);
        finding.Subject.ShouldBe("a");
        finding.Place.ShouldBe(new Place("rules.yaml", 3, line.IndexOf(part, StringComparison.Ordinal) + 1));
    }

    [Fact]
    public void What_cannot_be_used_in_a_rule_without_an_id_is_refused_all_the_same() =>
        Read("  - { severity: fatal, sentence: s, source: x, kind: k0s-images }")
            .Select(finding => (finding.Code, finding.Subject))
            .ShouldBe([(Codes.MissingKey, "id"), (Codes.RuleBroken, "?")]);

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
        Read($"  - {rule}")
            .Show()
            .ShouldContain($"3:5 IMR1010 {key}: '{key}' is missing from a coupling rule | Add '{key}:'.");

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

    [Fact]
    public void Every_kind_is_read_and_all_but_floating_speak_of_images_they_name()
    {
        var rules = Sample.Rules(
            """
              - { id: a, severity: error, sentence: s, source: x, kind: k0s-images }
              - { id: b, severity: error, sentence: s, source: x, kind: equals, image: a, equals: k0s }
              - { id: c, severity: error, sentence: s, source: x, kind: lockstep, images: [a, b] }
              - { id: d, severity: error, sentence: s, source: x, kind: range, image: a, range: "[1,2)" }
              - { id: e, severity: error, sentence: s, source: x, kind: floating }
              - { id: f, severity: error, sentence: s, source: x, kind: ended, images: [a], versions: "[1,2)", ended: 2025-01-01 }
            """
        );

        rules
            .All.Select(rule => rule.Kind)
            .ShouldBe(["k0s-images", "equals", "lockstep", "range", "floating", "ended"]);
        rules.All.Where(rule => !rule.IsSpecific).ShouldHaveSingleItem().Kind.ShouldBe("floating");
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
