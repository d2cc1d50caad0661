using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class A_pod_wherever_it_stands
{
    private const string PodSpec = "{ containers: [ { name: a, image: nginx } ] }";
    private const string Template = "{ template: { spec: " + PodSpec + " } }";

    [Theory]
    [InlineData("v1", "Pod", PodSpec)]
    [InlineData("apps/v1", "Deployment", Template)]
    [InlineData("apps/v1", "StatefulSet", Template)]
    [InlineData("apps/v1", "DaemonSet", Template)]
    [InlineData("apps/v1", "ReplicaSet", Template)]
    [InlineData("v1", "ReplicationController", Template)]
    [InlineData("batch/v1", "Job", Template)]
    [InlineData("batch/v1", "CronJob", "{ jobTemplate: { spec: " + Template + " } }")]
    [InlineData("example.org/v1", "Rollout", Template)]
    [InlineData("example.org/v1", "Database", "{ pods: [ " + PodSpec + " ] }")]
    public void Is_read(string api, string kind, string spec) =>
        Findings($"apiVersion: {api}\nkind: {kind}\nspec: {spec}\n").ShouldSayThatNginxIsMissing();

    [Fact]
    public void Is_read_in_a_pod_template() =>
        Findings($"apiVersion: v1\nkind: PodTemplate\ntemplate: {{ spec: {PodSpec} }}\n").ShouldSayThatNginxIsMissing();

    [Theory]
    [InlineData("List")]
    [InlineData("PodList")]
    public void Is_read_in_a_list(string kind) =>
        Findings($"apiVersion: v1\nkind: {kind}\nitems:\n  - kind: Pod\n    spec: {PodSpec}\n")
            .ShouldSayThatNginxIsMissing();

    [Theory]
    [InlineData("initContainers: [ { image: nginx } ]")]
    [InlineData("ephemeralContainers: [ { image: nginx } ]")]
    [InlineData("volumes: [ { name: v, image: { reference: nginx } } ]")]
    public void Is_read_beyond_its_containers(string line) =>
        Findings($"apiVersion: v1\nkind: Pod\nspec:\n  {line}\n").ShouldSayThatNginxIsMissing();

    [Fact]
    public void Is_read_from_every_document_and_from_JSON()
    {
        const string Json = "{\n\t\"kind\": \"Pod\",\n\t\"spec\": {\"containers\": [{\"image\": \"nginx\"}]}\n}";

        Findings($"# nothing\n---\n---\nkind: Pod\nspec: {PodSpec}\n").ShouldSayThatNginxIsMissing();
        Findings(Json).ShouldSayThatNginxIsMissing();
    }

    [Theory]
    [InlineData("volumes: [ { name: v, emptyDir: {} } ]")]
    [InlineData("containers: [ { name: a } ]")]
    [InlineData("containers: [ { name: a, image: } ]")]
    [InlineData("containers: [ a, [ b ] ]")]
    [InlineData("containers: { image: nginx }")]
    [InlineData("image: nginx")]
    public void Names_no_image_here(string line) =>
        Findings($"apiVersion: v1\nkind: Pod\nspec:\n  {line}\n").ShouldBeEmpty();
}

internal static class NginxAssertions
{
    public static void ShouldSayThatNginxIsMissing(this List<Finding> findings) =>
        findings.Select(f => f.Code).Order().ShouldBe([Codes.DeployedNotInRelease, Codes.AlwaysPulls]);
}
