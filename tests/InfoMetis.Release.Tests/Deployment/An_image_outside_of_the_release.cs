using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class An_image_outside_of_the_release
{
    [Theory]
    [InlineData("nginx:1.25", "docker.io/library/nginx:1.25")]
    [InlineData("quay.io/confluentinc/cp-kafka:7.5.0", "quay.io/confluentinc/cp-kafka:7.5.0")]
    [InlineData("nginx:1.25@" + OtherDigest, "docker.io/library/nginx:1.25@" + OtherDigest)]
    public void Is_an_error(string image, string subject)
    {
        var finding = Findings(Pod(image)).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeployedNotInRelease);
        finding.Severity.ShouldBe(Severity.Error);
        finding.Subject.ShouldBe(subject);
        finding.Hint.ShouldBe("Add it to the release, or deploy another image.");
    }

    [Theory]
    [InlineData("confluentinc/cp-kafka:7.6.0", "'7.5.0'")]
    [InlineData("confluentinc/cp-kafka:7.6.0@" + OtherDigest, "'7.5.0'")]
    [InlineData("busybox@" + OtherDigest, "'1.35'")]
    public void But_with_its_repository_in_it_tells_the_tag_that_is(string image, string tag)
    {
        var finding = Findings(Pod(image)).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.DeployedNotInRelease);
        finding.Hint!.ShouldContain(tag);
    }

    [Fact]
    public void Without_a_tag_means_latest() =>
        Findings(Pod("busybox")).ShouldContain(f => f.Subject == "docker.io/library/busybox:latest");
}
