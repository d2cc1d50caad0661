using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>What the manifests in releases/ say, so that nobody changes a published release by accident.</summary>
public sealed class ReleasesTests
{
    private readonly List<Finding> _findings = [];

    [Fact]
    public void Release_0_5_0_has_17_applications_7_auxiliary_images_and_11_without_a_pin()
    {
        var manifest = Read("v0.5.0.yaml");
        (manifest.Apps.Count, manifest.Auxiliary.Count, manifest.Files.Count).ShouldBe((17, 7, 0));
        manifest.Images.Where(image => !image.IsPinned).Select(image => image.Name).ShouldBe(Unpinned);
        _findings
            .Select(finding => (finding.Code, finding.Subject))
            .ShouldBe(Unpinned.Select(n => (Codes.Unpinned, n)));
        manifest.Apps[0].Version.ShouldBe("v1.23.17+k0s.1");
    }

    [Fact]
    public void Release_0_4_0_has_10_applications_and_no_auxiliary_images()
    {
        var manifest = Read("v0.4.0.yaml");
        (manifest.Apps.Count, manifest.Auxiliary.Count).ShouldBe((10, 0));
        manifest.Released.ShouldBe(new DateTimeOffset(2025, 7, 23, 20, 36, 32, TimeSpan.Zero));
        _findings.Select(finding => finding.Subject).ShouldBe(["k0s", "nifi", "nifi-registry", "kafka-rest"]);
    }

    [Theory]
    [InlineData("minimal", 3)]
    [InlineData("basic", 5)]
    [InlineData("analytics", 8)]
    [InlineData("kafka-ecosystem", 11)]
    [InlineData("monitoring", 12)]
    [InlineData("complete", 17)]
    public void A_stack_holds_those_before_it_and_what_every_stack_needs(string stack, int count)
    {
        var apps = Read("v0.5.0.yaml").AppsOf(stack).Select(app => app.Name).ToList();
        apps.Count.ShouldBe(count);
        apps.ShouldContain("busybox");
    }

    [Fact]
    public void A_stack_holds_exactly_its_applications() =>
        Read("v0.5.0.yaml")
            .AppsOf("analytics")
            .Select(app => app.Name)
            .ShouldBe(["k0s", "traefik", "nifi", "nifi-registry", "elasticsearch", "grafana", "kafka", "busybox"]);

    [Fact]
    public void A_stack_that_is_not_declared_is_refused_instead_of_holding_everything() =>
        Should
            .Throw<ArgumentException>(() => Read("v0.5.0.yaml").AppsOf("minimale"))
            .Message.ShouldStartWith("'minimale' is no stack of this manifest");

    [Fact]
    public void Every_manifest_names_its_schema_in_its_first_line()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathTo("releases"), "*.yaml"))
            File.ReadLines(file)
                .First()
                .ShouldBe("# yaml-language-server: $schema=../docs/schema/release-v1.schema.json");
    }

    [Fact]
    public void The_example_of_the_documentation_is_without_fault()
    {
        var page = File.ReadAllText(Repository.PathTo("docs", "manifest.md"));
        var (manifest, findings) = Sample.Read(page.Split("```yaml\n")[1].Split("```")[0]);
        findings.ShouldBeEmpty();
        manifest!.Images.Count().ShouldBe(2);
    }

    private static readonly string[] Unpinned =
    [
        "k0s",
        "nifi",
        "nifi-registry",
        "kafka-rest",
        "flink",
        "ksqldb-server",
        "ksqldb-cli",
        "alertmanager",
        "kube-router",
        "apiserver-network-proxy-agent",
        "cni-node",
    ];

    private ReleaseManifest Read(string name) =>
        ManifestReader.Read(Repository.PathTo("releases", name), _findings).ShouldNotBeNull(_findings.Show());
}
