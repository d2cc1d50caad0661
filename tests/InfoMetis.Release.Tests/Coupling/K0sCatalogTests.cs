using InfoMetis.Release.Coupling;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Coupling;

public sealed class When_the_k0s_catalogue_is_read
{
    [Fact]
    public void Its_releases_come_in_ascending_order()
    {
        var reversed = Sample.Catalog.Replace("v1.23.16+k0s.0", "v1.23.9+k0s.0", StringComparison.Ordinal);

        Versions(reversed).ShouldBe(["v1.23.9+k0s.0", "v1.23.17+k0s.0", "v1.23.17+k0s.1"]);
    }

    [Fact]
    public void A_release_has_all_that_its_entry_says()
    {
        var release = Find(Sample.Catalog, "v1.23.17+k0s.1").ShouldNotBeNull();

        release.Version.ToString().ShouldBe("v1.23.17+k0s.1");
        release
            .Components.Select(c => $"{c.Key} {c.Value}")
            .ShouldBe(["kubernetes 1.23.17", "containerd 1.5.18", "etcd 3.5.7"]);
        release
            .Images.Select(i => $"{i.Name} {i.Reference}")
            .ShouldBe(["pause registry.k8s.io/pause:3.5", "coredns docker.io/coredns/coredns:1.7.1"]);
        release.Optional.Select(i => i.Name).ShouldBe(["calico-cni"]);
    }

    [Theory]
    [InlineData("v1.23.16+k0s.0")]
    [InlineData("v1.23.17+k0s.0")]
    public void Builds_of_the_same_Kubernetes_are_told_apart(string version) =>
        Find(Sample.Catalog, version).ShouldNotBeNull().Version.ToString().ShouldBe(version);

    [Fact]
    public void Windows_line_endings_change_nothing() =>
        Find(Sample.Catalog.ReplaceLineEndings("\r\n"), "v1.23.17+k0s.1").ShouldNotBeNull().Images.Count.ShouldBe(2);

    [Theory]
    [InlineData("v1.23.17+k0s.2")]
    [InlineData("v1.23.1+k0s.0")]
    public void A_release_it_does_not_have_is_not_found(string version) => Find(Sample.Catalog, version).ShouldBeNull();

    [Theory]
    [InlineData("v1.23.17+k0s.2", "v1.23.17+k0s.1")]
    [InlineData("v1.23.17+k0s.1", "v1.23.17+k0s.0")]
    [InlineData("v1.30.0+k0s.0", "v1.23.17+k0s.1")]
    [InlineData("v1.0.0+k0s.0", "v1.23.16+k0s.0")]
    public void The_nearest_is_the_newest_older_one(string asked, string nearest) =>
        Sample.ReadCatalog().NearestTo(K0sVersion.Parse(asked)).ToString().ShouldBe(nearest);

    [Theory]
    [InlineData("      pause: registry.k8s.io/pause:3.5", "      pause: '@'", "18:14 IMR1018 pause: ")]
    [InlineData(
        "      pause: registry.k8s.io/pause:3.5",
        "      pause: [a]",
        "18:14 IMR1008 pause: 'pause' is a list where a text is expected"
    )]
    [InlineData("    images:", "    pictures:", "17:5 IMR1009 pictures: 'pictures' is not a key of a k0s release")]
    [InlineData("etcd: 3.5.7 }", "etcd: 3.5.7", " IMR1004 ")]
    public void A_broken_entry_is_reported_in_its_place(string good, string bad, string shown)
    {
        var start = Sample.Catalog.LastIndexOf(good, StringComparison.Ordinal);
        var text = Sample.Catalog[..start] + bad + Sample.Catalog[(start + good.Length)..];
        var findings = new List<Finding>();

        Sample.ReadCatalog(text).Find(K0sVersion.Parse("v1.23.17+k0s.1"), findings).ShouldBeNull();

        var finding = findings.ShouldHaveSingleItem();
        finding.Show().ShouldContain(shown);
        finding.Place!.File.ShouldBe("catalog.yaml");
    }

    [Fact]
    public void A_release_without_images_is_refused()
    {
        var findings = new List<Finding>();
        var text = "apiVersion: infometis.io/k0s-catalog/v1\nreleases:\n  - version: v1.0.0+k0s.0\n";

        Sample.ReadCatalog(text).Find(K0sVersion.Parse("v1.0.0+k0s.0"), findings).ShouldBeNull();

        findings.Show().ShouldBe("3:5 IMR1010 images: 'images' is missing from a k0s release | Add 'images:'.");
    }

    [Theory]
    [InlineData("  - version: v1.23.17+k0s.0", "  - version: 1.23", "8:3 IMR1017 k0s: '1.23' is not a k0s version")]
    [InlineData(
        "  - version: v1.23.17+k0s.0",
        "  - version: v1.23.17+k0s.1",
        "15:3 IMR1014 version: 'version' is 'v1.23.17+k0s.1', which is not listed only once"
    )]
    public void A_bad_or_repeated_version_is_refused(string good, string bad, string shown)
    {
        var findings = new List<Finding>();
        var text = Sample.Catalog.Replace(good, bad, StringComparison.Ordinal);

        Sample.ReadCatalog(text).Versions(findings).ShouldBeNull();

        findings.ShouldHaveSingleItem().Show().ShouldStartWith(shown);
        findings[0].Place!.File.ShouldBe("catalog.yaml");
    }

    [Fact]
    public void A_catalogue_with_a_bad_version_has_no_nearest_release()
    {
        var text = Sample.Catalog.Replace("version: v1.23.16+k0s.0", "version: 1.23", StringComparison.Ordinal);

        Sample.ReadCatalog(text).NearestTo(K0sVersion.Parse("v1.23.18+k0s.0")).ShouldBeNull();
    }

    [Theory]
    [InlineData("a: [", "IMR1004")]
    [InlineData("- a", "1:1 IMR1008 the document: 'the document' is a list where a mapping is expected")]
    [InlineData("apiVersion: infometis.io/k0s-catalog/v2\nreleases:\n", "IMR1013")]
    [InlineData(
        "apiVersion: infometis.io/k0s-catalog/v1\nreleases: [{ version: v1.0.0+k0s.0 }]\n",
        "2:11 IMR1014 releases"
    )]
    [InlineData("apiVersion: infometis.io/k0s-catalog/v1\nreleases: none\n", "2:11 IMR1014 releases")]
    [InlineData(
        "apiVersion: infometis.io/k0s-catalog/v1\nmore: x\nreleases:\n",
        "2:1 IMR1009 more: 'more' is not a key of a k0s catalogue"
    )]
    public void What_is_no_catalogue_is_refused(string text, string shown)
    {
        var findings = new List<Finding>();

        K0sCatalog.Read("catalog.yaml", text, findings).ShouldBeNull();

        findings.Show().ShouldContain(shown);
    }

    [Fact]
    public void Two_releases_are_compared_name_by_name()
    {
        var before = Find(Sample.Catalog, "v1.23.16+k0s.0")!;
        var after = Find(Sample.Catalog, "v1.23.17+k0s.1")!;

        K0sDifference
            .Between(before, after)
            .ShouldBe([
                new("component", "kubernetes", "1.23.16", "1.23.17"),
                new("component", "etcd", null, "3.5.7"),
                new("image", "coredns", "docker.io/coredns/coredns:1.7.0", "docker.io/coredns/coredns:1.7.1"),
                new("optional", "calico-cni", null, "docker.io/calico/cni:v3.21.6"),
            ]);
        K0sDifference.Between(after, after).ShouldBeEmpty();
    }

    private static List<string> Versions(string text) =>
        [.. Sample.ReadCatalog(text).Versions([])!.Select(version => version.ToString())];

    private static K0sRelease? Find(string text, string version)
    {
        var findings = new List<Finding>();
        var release = Sample.ReadCatalog(text).Find(K0sVersion.Parse(version), findings);
        findings.ShouldBeEmpty();
        return release;
    }
}
