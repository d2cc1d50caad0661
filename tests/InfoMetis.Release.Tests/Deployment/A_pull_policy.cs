using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class A_pull_policy
{
    [Theory]
    [InlineData("busybox:1.35", "imagePullPolicy: Always")]
    [InlineData("confluentinc/cp-kafka@" + KafkaDigest, "imagePullPolicy: \"Always\"")]
    public void Of_Always_is_a_warning_where_it_is_written(string image, string policy)
    {
        var finding = Findings($"{Pod(image)}      {policy}\n").ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.AlwaysPulls);
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Place!.Line.ShouldBe(7);
        finding.Place!.Column.ShouldBe(24);
    }

    [Theory]
    [InlineData("k0sproject/k0s:latest@" + OtherDigest, "")]
    [InlineData("k0sproject/k0s:latest", "imagePullPolicy:")]
    [InlineData("k0sproject/k0s", "imagePullPolicy: \"\"")]
    [InlineData("k0sproject/k0s", "")]
    public void That_is_absent_is_Always_for_latest(string image, string policy)
    {
        var finding = Findings($"{Pod(image)}      {policy}\n").Single(f => f.Code == Codes.AlwaysPulls);

        finding.Fact.ShouldContain("'latest'");
        finding.Place!.Line.ShouldBe(6);
    }

    [Theory]
    [InlineData("k0sproject/k0s:latest", "imagePullPolicy: IfNotPresent")]
    [InlineData("k0sproject/k0s", "imagePullPolicy: Never")]
    [InlineData("busybox:1.35", "")]
    [InlineData("k0sproject/k0s@" + OtherDigest, "")]
    public void That_does_not_always_pull_is_sound(string image, string policy) =>
        Findings($"{Pod(image)}      {policy}\n").ShouldNotContain(f => f.Code == Codes.AlwaysPulls);
}
