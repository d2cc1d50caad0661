using System.Net;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

public sealed class The_names_of_repositories(The_names_of_repositories.Layout layout)
    : IClassFixture<The_names_of_repositories.Layout>
{
    private static readonly Sample Config = Sample.Of("{}", "application/vnd.oci.image.config.v1+json");
    private static readonly Sample Own = Sample.Random(2000, seed: 1);
    private static readonly Sample Kafka = Sample.Manifest(Config, Own);
    private static readonly Sample Quay = Sample.Manifest(Config, Sample.Random(2000, seed: 2));
    private static readonly Sample Hub = Sample.Manifest(Config, Sample.Random(2000, seed: 3));
    private static readonly Sample Mirrored = Sample.Manifest(Config, Sample.Random(2000, seed: 4));

    public sealed class Layout()
        : ServedLayout(
            [
                ("docker.io/confluentinc/cp-kafka:7.5.0", Kafka),
                ("quay.io/team/tool:1", Quay),
                ("docker.io/team/tool:1", Hub),
                ("busybox:1.35", Kafka),
                ("localhost:5001/own/app:1", Kafka),
                ("mirror.example/docker.io/team/tool:1", Mirrored),
            ],
            [Config, Own, Kafka, Quay, Hub, Mirrored]
        );

    private Served Registry => layout.Registry;

    [Theory]
    [InlineData("confluentinc/cp-kafka/manifests/7.5.0")]
    [InlineData("docker.io/confluentinc/cp-kafka/manifests/7.5.0")]
    [InlineData("confluentinc/cp-kafka/manifests/7.5.0?ns=docker.io")]
    [InlineData("library/busybox/manifests/1.35")]
    [InlineData("library/busybox/manifests/1.35?ns=docker.io")]
    [InlineData("own/app/manifests/1?ns=localhost:5001")]
    [InlineData("own/app/manifests/1?ns=localhost%3A5001")]
    [InlineData("own/app/manifests/1")]
    public async Task Are_the_path_with_or_without_its_registry(string path) =>
        (await Registry.BytesAsync($"/v2/{path}")).ShouldBe(Kafka.Bytes);

    [Fact]
    public async Task Do_not_mix_two_registries_that_have_the_same_path()
    {
        (await Registry.ErrorAsync(HttpMethod.Get, "/v2/team/tool/manifests/1")).ShouldBe((404, "NAME_UNKNOWN"));
        (await Registry.BytesAsync("/v2/team/tool/manifests/1?ns=docker.io")).ShouldBe(Hub.Bytes);
        (await Registry.BytesAsync("/v2/team/tool/manifests/1?ns=quay.io")).ShouldBe(Quay.Bytes);
        (await Registry.BytesAsync("/v2/quay.io/team/tool/manifests/1")).ShouldBe(Quay.Bytes);
        // The same words are a path of one registry and the whole name at another.
        (await Registry.ErrorAsync(HttpMethod.Get, "/v2/docker.io/team/tool/manifests/1")).Code.ShouldBe(
            "NAME_UNKNOWN"
        );
        (await Registry.BytesAsync("/v2/mirror.example/docker.io/team/tool/manifests/1")).ShouldBe(Mirrored.Bytes);
        (await Registry.BytesAsync("/v2/docker.io/team/tool/manifests/1?ns=mirror.example")).ShouldBe(Mirrored.Bytes);
    }

    [Theory]
    [InlineData("/v2/confluentinc/cp-kafka/manifests/7.5.0?ns=quay.io")]
    [InlineData("/v2/confluentinc/cp-kafka/manifests/7.5.0?ns=")]
    [InlineData("/v2/docker.io/confluentinc/cp-kafka/manifests/7.5.0?ns=docker.io")]
    public async Task Are_unknown_at_another_registry(string target) =>
        (await Registry.ErrorAsync(HttpMethod.Get, target)).ShouldBe((404, "NAME_UNKNOWN"));

    [Fact]
    public async Task Give_only_what_their_own_images_reach()
    {
        (await Registry.ErrorAsync(HttpMethod.Get, $"/v2/quay.io/team/tool/blobs/{Own.Digest}")).Code.ShouldBe(
            "BLOB_UNKNOWN"
        );
        (await Registry.ErrorAsync(HttpMethod.Get, $"/v2/quay.io/team/tool/manifests/{Kafka.Digest}")).Code.ShouldBe(
            "MANIFEST_UNKNOWN"
        );
    }

    [Fact]
    public async Task Are_listed_whole_or_those_of_one_registry_by_their_paths()
    {
        var all = await Registry.JsonAsync("/v2/_catalog");
        all.GetRawText()
            .ShouldBe(
                """{"repositories":["docker.io/confluentinc/cp-kafka","docker.io/library/busybox","docker.io/team/tool","localhost:5001/own/app","mirror.example/docker.io/team/tool","quay.io/team/tool"]}"""
            );
        (await Registry.JsonAsync("/v2/_catalog?ns=quay.io"))
            .GetRawText()
            .ShouldBe("""{"repositories":["team/tool"]}""");
        using var page = await Registry.GetAsync("/v2/_catalog?ns=docker.io&n=1");
        page.Headers.GetValues("Link")
            .ShouldBe(["</v2/_catalog?n=1&last=confluentinc%2Fcp-kafka&ns=docker.io>; rel=\"next\""]);
    }

    [Fact]
    public async Task That_would_mean_two_images_are_refused_before_anything_is_served()
    {
        using var other = new TemporaryFolder();
        NamedLayout.Write(other.Path, [("quay.io/team/tool:1", Kafka)], [Config, Own, Kafka]);

        var finding = (
            await Should.ThrowAsync<ReleaseException>(() => Served.StartAsync(layout.Folder.Path, other.Path))
        ).Finding;

        finding.Code.ShouldBe(Codes.ServedNameTwice);
        finding.Fact.ShouldContain("quay.io/team/tool:1");
    }

    [Fact]
    public async Task Of_several_places_are_served_together()
    {
        using var other = new TemporaryFolder();
        NamedLayout.Write(other.Path, [("ghcr.io/a/b:2", Kafka), ("quay.io/team/tool:2", Kafka)], [Config, Own, Kafka]);
        await using var served = await Served.StartAsync(layout.Folder.Path, other.Path);

        (await served.BytesAsync("/v2/a/b/manifests/2")).ShouldBe(Kafka.Bytes);
        (await served.BytesAsync("/v2/quay.io/team/tool/manifests/2")).ShouldBe(Kafka.Bytes);
        (await served.BytesAsync("/v2/quay.io/team/tool/manifests/1")).ShouldBe(Quay.Bytes);
    }

    [Fact]
    public async Task That_are_not_whole_are_not_served_and_that_is_said()
    {
        using var other = new TemporaryFolder();
        NamedLayout.Write(other.Path, [("1.35", Kafka), ("a.io/b/c:1", Quay)], [Config, Quay]);
        await using var served = await Served.StartAsync(other.Path);

        served
            .Server.Notices.Select(notice => notice.Code)
            .ShouldBe([Codes.ServedIncomplete, Codes.ServedWithoutName], ignoreOrder: true);
        (await served.ErrorAsync(HttpMethod.Get, "/v2/1.35/tags/list")).Status.ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task There_must_be_some()
    {
        using var other = new TemporaryFolder();
        NamedLayout.Write(other.Path, [("1.35", Kafka)], [Config, Own, Kafka]);

        (await Should.ThrowAsync<ReleaseException>(() => Served.StartAsync(other.Path))).Finding.Code.ShouldBe(
            Codes.NothingToServe
        );
    }
}
