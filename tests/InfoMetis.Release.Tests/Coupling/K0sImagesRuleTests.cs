using InfoMetis.Release.Coupling;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_auxiliary_images_are_held_against_k0s
{
    private const string Rule = """
          - id: system
            kind: k0s-images
            severity: error
            sentence: k0s asks for them
            source: somewhere
        """;

    [Fact]
    public void The_same_set_fits()
    {
        var report = Judge(Sample.Fitting);

        report.Findings.ShouldBeEmpty();
        report.Fits.ShouldBeTrue();
        report.Verdicts.Select(verdict => verdict.Image!.Name).ShouldBe(["pause", "coredns"]);
    }

    [Fact]
    public void Their_order_does_not_matter() =>
        Judge("pause registry.k8s.io/pause:3.5\ncoredns docker.io/coredns/coredns:1.7.1").Fits.ShouldBeTrue();

    [Fact]
    public void A_digest_does_not_matter() => Judge($"{Sample.Fitting}@{Sample.Digest}").Fits.ShouldBeTrue();

    [Fact]
    public void An_absent_one_is_named_where_the_list_starts()
    {
        var finding = Judge("pause registry.k8s.io/pause:3.5").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AuxiliaryAbsent);
        finding.Subject.ShouldBe("coredns");
        finding.Fact.ShouldBe(
            "k0s v1.23.17+k0s.1 asks for docker.io/coredns/coredns:1.7.1, which is not among the auxiliary images: k0s asks for them"
        );
        finding.Place.ShouldBe(new Place("sample.yaml", 99, 3));
        finding.Rule.ShouldBe("system");
        finding.Source.ShouldBe("somewhere");
    }

    [Fact]
    public void One_among_the_applications_is_to_be_moved()
    {
        var manifest = Sample.Manifest("dns docker.io/coredns/coredns:1.7.1", "pause registry.k8s.io/pause:3.5");

        var finding = Sample.Judge(Rule, manifest).Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AuxiliaryAbsent);
        finding.Fact.ShouldContain("stands among the applications");
        finding.Place.ShouldBe(new Place("sample.yaml", 10, 12));
    }

    [Fact]
    public void One_too_many_is_named_where_it_stands()
    {
        var finding = Judge($"{Sample.Fitting}\nextra docker.io/library/busybox:1.35").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AuxiliarySurplus);
        finding.Subject.ShouldBe("extra");
        finding.Fact.ShouldContain("docker.io/library/busybox:1.35");
        finding.Place.ShouldBe(new Place("sample.yaml", 102, 12));
    }

    [Fact]
    public void Another_tag_names_expected_and_found()
    {
        var finding = Judge("coredns docker.io/coredns/coredns:1.8.6\npause registry.k8s.io/pause:3.5")
            .Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AuxiliaryTag);
        finding.Fact.ShouldStartWith(
            "docker.io/coredns/coredns:1.8.6 does not fit k0s v1.23.17+k0s.1, which asks for docker.io/coredns/coredns:1.7.1"
        );
        finding.Place.ShouldBe(new Place("sample.yaml", 100, 12));
    }

    [Theory]
    [InlineData("coredns registry.k8s.io/dns:1.7.1")]
    [InlineData("dns registry.k8s.io/coredns/coredns:1.7.1")]
    [InlineData("dns registry.k8s.io/mirror/coredns:1.7.1")]
    [InlineData("dns registry.k8s.io/coredns:1.7.1")]
    public void Another_repository_is_told_by_name_or_by_last_part(string coredns)
    {
        var finding = Judge($"{coredns}\npause registry.k8s.io/pause:3.5").Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AuxiliaryRepository);
        finding.Fact.ShouldContain("docker.io/coredns/coredns:1.7.1");
        finding.Fact.ShouldContain(coredns.Split(' ')[1]);
    }

    [Fact]
    public void An_exact_match_is_not_taken_by_a_near_one()
    {
        var report = Judge($"old docker.io/coredns/coredns:1.7.0\n{Sample.Fitting}");

        report.Findings.ShouldHaveSingleItem().Code.ShouldBe(Codes.AuxiliarySurplus);
    }

    [Fact]
    public void One_of_the_same_repository_is_nearer_than_one_of_the_same_name() =>
        Judge("coredns registry.k8s.io/dns:1.7.1\nold docker.io/coredns/coredns:1.7.0\npause registry.k8s.io/pause:3.5")
            .Findings.Select(finding => (finding.Code, finding.Subject))
            .ShouldBe([(Codes.AuxiliaryTag, "old"), (Codes.AuxiliarySurplus, "coredns")]);

    [Fact]
    public void An_optional_one_may_be_there() =>
        Judge($"{Sample.Fitting}\ncalico-cni docker.io/calico/cni:v3.21.6").Fits.ShouldBeTrue();

    [Fact]
    public void An_optional_one_must_have_the_right_tag() =>
        Judge($"{Sample.Fitting}\ncalico-cni docker.io/calico/cni:v3.20.0")
            .Findings.ShouldHaveSingleItem()
            .Code.ShouldBe(Codes.AuxiliaryTag);

    [Fact]
    public void Another_release_than_the_manifests_can_be_asked_about()
    {
        var report = Sample.Judge(Rule, Sample.Manifest("", Sample.Fitting), "v1.23.16+k0s.0");

        report.K0s.ToString().ShouldBe("v1.23.16+k0s.0");
        report.Reasons.ShouldHaveSingleItem().Code.ShouldBe(Codes.AuxiliaryTag);
    }

    [Fact]
    public void An_unknown_release_is_refused_at_its_place_with_the_nearest()
    {
        var finding = Sample
            .Judge(Rule, Sample.Manifest("", Sample.Fitting, "v1.23.18+k0s.0"))
            .Findings.ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.UnknownK0sRelease);
        finding.Hint!.ShouldContain("v1.23.17+k0s.1");
        finding.Place.ShouldBe(new Place("sample.yaml", 5, 6));
    }

    [Fact]
    public void An_unknown_release_that_was_asked_for_has_no_place() =>
        Sample
            .Judge(Rule, Sample.Manifest(""), "v1.20.0+k0s.0")
            .Findings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                finding => finding.Code.ShouldBe(Codes.UnknownK0sRelease),
                finding => finding.Place.ShouldBeNull(),
                finding => finding.Hint!.ShouldContain("v1.23.16+k0s.0")
            );

    [Fact]
    public void Kubernetes_is_that_of_the_catalogue_and_else_that_of_the_version()
    {
        var text = Sample.Catalog.Replace("kubernetes: 1.23.16", "kubernetes: 1.23.15", StringComparison.Ordinal);
        var gate = new CouplingGate(Sample.Rules(Rule), Sample.ReadCatalog(text));

        Kubernetes("v1.23.16+k0s.0").ShouldBe("1.23.15");
        Kubernetes("v1.20.0+k0s.0").ShouldBe("1.20.0");

        string Kubernetes(string k0s) => gate.Judge(Sample.Manifest("", k0s: k0s), other: null, today: null).Kubernetes;
    }

    [Fact]
    public void All_releases_of_the_catalogue_can_be_asked_about_at_once() =>
        new CouplingGate(Sample.Rules(Rule), Sample.ReadCatalog())
            .Matrix(Sample.Manifest(""))
            .Select(report => (report.K0s.ToString(), report.Fits))
            .ShouldBe([("v1.23.16+k0s.0", false), ("v1.23.17+k0s.0", true), ("v1.23.17+k0s.1", true)]);

    private static CouplingReport Judge(string auxiliary) => Sample.Judge(Rule, Sample.Manifest("", auxiliary));
}
