using InfoMetis.Release.Messages;
using static InfoMetis.Release.Tests.Deployment.DeployedFolder;

namespace InfoMetis.Release.Tests.Deployment;

public class An_apiVersion
{
    [Theory]
    [InlineData("networking.k8s.io/v1beta1", "Ingress", "1.23.17", "1.22", "networking.k8s.io/v1")]
    [InlineData("extensions/v1beta1", "Deployment", "1.23.17", "1.16", "apps/v1")]
    [InlineData("extensions/v1beta1", "DeploymentList", "1.23.17", "1.16", "apps/v1")]
    [InlineData("extensions/v1beta1", "PodSecurityPolicy", "1.23.17", "1.16", "policy/v1beta1")]
    [InlineData("rbac.authorization.k8s.io/v1beta1", "Role", "1.22.0", "1.22", "rbac.authorization.k8s.io/v1")]
    [InlineData("batch/v1beta1", "CronJob", "1.25.0", "1.25", "batch/v1")]
    [InlineData("autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.26.3", "1.26", "autoscaling/v2")]
    [InlineData("storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.27.0", "1.27", "storage.k8s.io/v1")]
    [InlineData(
        "flowcontrol.apiserver.k8s.io/v1beta1",
        "FlowSchema",
        "1.26.0",
        "1.26",
        "flowcontrol.apiserver.k8s.io/v1beta3"
    )]
    public void No_longer_served_is_an_error(string api, string kind, string kubernetes, string gone, string instead)
    {
        var finding = Findings($"kind: {kind}\napiVersion: {api}\n", kubernetes).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.ApiNotServed);
        finding.Severity.ShouldBe(Severity.Error);
        finding.Fact.ShouldContain($"any more, gone in {gone}");
        finding.Fact.ShouldContain(kubernetes);
        finding.Hint.ShouldBe($"Write apiVersion: {instead}.");
        finding.Source.ShouldNotBeNullOrEmpty();
        finding.Place!.Line.ShouldBe(2);
        finding.Place!.Column.ShouldBe(13);
    }

    [Theory]
    [InlineData("batch/v1", "CronJob", "1.20.6", "1.21", "batch/v1beta1")]
    [InlineData("storage.k8s.io/v1", "CSIStorageCapacity", "1.23.17", "1.24", "storage.k8s.io/v1beta1")]
    [InlineData(
        "flowcontrol.apiserver.k8s.io/v1",
        "FlowSchema",
        "1.23.17",
        "1.29",
        "flowcontrol.apiserver.k8s.io/v1beta2"
    )]
    public void Not_yet_served_is_an_error(string api, string kind, string kubernetes, string since, string instead)
    {
        var finding = Findings($"apiVersion: {api}\nkind: {kind}\n", kubernetes).ShouldHaveSingleItem();

        finding.Code.ShouldBe(Codes.ApiNotServed);
        finding.Fact.ShouldContain($"yet, new in {since}");
        finding.Hint.ShouldBe($"Write apiVersion: {instead}.");
    }

    [Fact]
    public void That_nothing_replaces_has_no_other_to_write() =>
        Findings("apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n", "1.25.0")
            .ShouldHaveSingleItem()
            .Hint!.ShouldContain("leave the object out");

    [Theory]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("apps/v1", "DeploymentList")]
    [InlineData("networking.k8s.io/v1", "Ingress")]
    [InlineData("policy/v1beta1", "PodSecurityPolicy")]
    [InlineData("batch/v1beta1", "CronJob")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler")]
    [InlineData("authorization.k8s.io/v1", "SelfSubjectRulesReview")]
    public void That_is_served_is_sound(string api, string kind) =>
        Findings($"apiVersion: {api}\nkind: {kind}\n").ShouldBeEmpty();

    [Theory]
    [InlineData("traefik.containo.us/v1alpha1", "IngressRoute")]
    [InlineData("apps/v9", "Deployment")]
    [InlineData("extensions/v1beta1", "Unheard")]
    [InlineData("v1", "List")]
    public void That_is_not_listed_is_not_judged(string api, string kind) =>
        Findings($"apiVersion: {api}\nkind: {kind}\n").ShouldBeEmpty();

    [Fact]
    public void Is_judged_for_each_item_of_a_list() =>
        Findings(
                """
                apiVersion: v1
                kind: List
                items:
                  - { apiVersion: networking.k8s.io/v1beta1, kind: Ingress }
                  - { apiVersion: v1, kind: List, items: [ { apiVersion: apps/v1beta1, kind: Deployment } ] }
                """
            )
            .Select(f => f.Place!.Line)
            .ShouldBe([4, 5]);

    [Fact]
    public void That_an_object_only_mentions_is_not_judged() =>
        Findings(
                """
                apiVersion: v1
                kind: Pod
                metadata: { ownerReferences: [ { apiVersion: extensions/v1beta1, kind: ReplicaSet } ] }
                items: [ { apiVersion: extensions/v1beta1, kind: ReplicaSet } ]
                """
            )
            .ShouldBeEmpty();
}
