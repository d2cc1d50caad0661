using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class An_image_of_the_release
{
    [Theory]
    [InlineData("confluentinc/cp-kafka:7.5.0@" + KafkaDigest)]
    [InlineData("docker.io/confluentinc/cp-kafka@" + KafkaDigest)]
    [InlineData("confluentinc/cp-kafka:renamed@" + KafkaDigest)]
    [InlineData("registry.k8s.io/pause:3.5@" + OtherDigest)]
    public void Deployed_by_its_digest_is_sound(string image) => Findings(Pod(image)).ShouldBeEmpty();

    [Theory]
    [InlineData("busybox:1.35")]
    [InlineData("docker.io/library/busybox:1.35@" + OtherDigest)]
    public void Without_a_pin_can_be_deployed_in_any_way(string image) => Findings(Pod(image)).ShouldBeEmpty();

    [Fact]
    public void Deployed_by_its_tag_is_a_warning_that_tells_the_digest()
    {
        var finding = Findings(Pod("confluentinc/cp-kafka:7.5.0")).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeployedByTag);
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Subject.ShouldBe("kafka");
        finding.Fact.ShouldContain(KafkaDigest);
        finding.Hint.ShouldBe($"Write docker.io/confluentinc/cp-kafka:7.5.0@{KafkaDigest}.");
        finding.Place!.Line.ShouldBe(6);
        finding.Place!.Column.ShouldBe(14);
    }

    [Theory]
    [InlineData("confluentinc/cp-kafka:7.5.0@" + OtherDigest)]
    [InlineData("confluentinc/cp-kafka@" + OtherDigest)]
    public void Deployed_by_another_digest_is_an_error(string image)
    {
        var finding = Findings(Pod(image)).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeployedDigestDiffers);
        finding.Severity.ShouldBe(Severity.Error);
        finding.Fact.ShouldContain(KafkaDigest);
        finding.Fact.ShouldContain(OtherDigest);
    }

    [Fact]
    public void Named_in_two_places_is_reported_in_each_of_them()
    {
        var pod = Pod("confluentinc/cp-kafka:7.5.0");

        Findings($"{pod}---\n{pod}").Select(finding => finding.Place!.Line).ShouldBe([6, 13]);
    }

    [Fact]
    public void That_nobody_deploys_is_told_unless_k0s_deploys_it()
    {
        using var folder = new DeployedFolder();
        var file = folder.Write("pod.yaml", Pod("busybox:1.35"));

        var findings = folder.Check("1.23.17", file);

        findings.ShouldAllBe(f => f.Code == Codes.NeverDeployed && f.Severity == Severity.Information);
        findings.Select(f => f.Subject).ShouldBe(["kafka", "k0s"]);
        findings[0].Place!.File.ShouldBe("release.yaml");
    }

    [Fact]
    public void Deployed_by_another_digest_is_not_also_never_deployed()
    {
        using var folder = new DeployedFolder();
        var file = folder.Write("pod.yaml", Pod("confluentinc/cp-kafka:7.5.0@" + OtherDigest));

        folder.Check("1.23.17", file).ShouldNotContain(f => f.Code == Codes.NeverDeployed && f.Subject == "kafka");
    }
}
