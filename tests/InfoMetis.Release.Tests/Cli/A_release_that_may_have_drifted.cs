using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Cli;

public sealed class A_release_that_may_have_drifted : UpstreamTest
{
    private static readonly Digest Gone = Digest.Parse($"sha256:{new string('a', 64)}");

    [Fact]
    public void Has_not_where_its_tags_name_what_is_pinned()
    {
        var nifi = Index("team/nifi", "1", "linux/amd64");
        var kafka = Single("team/kafka", "2", "amd64");
        var file = Manifest($"team/nifi:1@{nifi}", $"team/kafka:2@{kafka}", "team/flink:3");

        var run = Run("drift", file);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldBe(
            $"""
            IMAGE  TAG  PIN      NOW      VERDICT
            nifi   1    {nifi.Hex[..7]}  {nifi.Hex[..7]}  same
            kafka  2    {kafka.Hex[..7]}  {kafka.Hex[..7]}  same
            flink  3    none              unpinned

            information IMR1020 {Registry.Host}/team/flink:3 is not pinned: no digest says which bytes are meant
              hint: Pin it with 'imrel pin'; until then nothing can be said of it.
              at:   {file}:15:12

            {file}: 2 same, 0 drifted, 0 unknown, 1 unpinned

            """
        );
        Registry.Count("/team/flink/").ShouldBe(0);
        Registry.Requests.ShouldContain(r => r.Method == "HEAD" && r.Path == $"/v2/team/nifi/manifests/{nifi}");
    }

    [Fact]
    public void Has_where_a_tag_names_something_else()
    {
        var pinned = Index("team/nifi", "1", "linux/amd64", "linux/s390x");
        var now = Index("team/nifi", "1", "linux/amd64", "linux/arm64", "linux/riscv64");
        var file = Manifest($"team/nifi:1@{pinned}");

        var run = Run("drift", file);

        run.ExitCode.ShouldBe(ExitCode.Drift);
        run.Out.ShouldContain(
            $"error IMR2031 {Registry.Host}/team/nifi:1 now names {now}, and is pinned to {pinned}\n"
        );
        run.Out.ShouldContain("names now is not there for linux/s390x, and what is pinned is\n");
        run.Out.ShouldContain("information IMR2034 what");
        run.Out.ShouldContain("names now is there for linux/arm64, linux/riscv64 too, and what is pinned is not\n");
        run.Out.ShouldEndWith($"{file}: 0 same, 1 drifted, 0 unknown, 0 unpinned\n");
    }

    [Fact]
    public void Has_where_an_index_gave_way_to_one_image_for_another_platform()
    {
        var pinned = Index("team/nifi", "1", "linux/amd64");
        Single("team/nifi", "1", "arm64");

        var run = Run("drift", Manifest($"team/nifi:1@{pinned}"));

        run.ExitCode.ShouldBe(ExitCode.Drift);
        run.Out.ShouldContain("not there for linux/amd64, and");
        run.Out.ShouldContain("there for linux/arm64 too");
    }

    [Fact]
    public void Has_where_a_digest_is_gone()
    {
        Index("team/nifi", "1", "linux/amd64");

        var run = Run("drift", Manifest($"team/nifi:1@{Gone}"));

        run.ExitCode.ShouldBe(ExitCode.Drift);
        run.Out.ShouldContain($"error IMR2030 {Registry.Host}/team/nifi:1@{Gone} is no longer there");
        run.Out.ShouldContain("error IMR2031 ");
    }

    [Fact]
    public void Has_where_a_tag_is_gone()
    {
        var pinned = Index("team/nifi", "1", "linux/amd64");

        var run = Run("drift", Manifest($"team/nifi:2@{pinned}"));

        run.ExitCode.ShouldBe(ExitCode.Drift);
        run.Out.ShouldContain(
            $"error IMR2032 {Registry.Host}/team/nifi:2 names nothing any more, and is pinned to {pinned}\n"
        );
        run.Out.ShouldContain("  gone  drifted\n");
    }

    [Fact]
    public void Cannot_be_judged_where_a_registry_is_in_trouble_and_what_has_drifted_is_told_all_the_same()
    {
        var nifi = Index("team/nifi", "1", "linux/amd64");
        Index("team/kafka", "2", "linux/amd64");
        Registry.Always("/team/nifi/", Nasty.Status(503));
        var file = Manifest($"team/nifi:1@{nifi}", $"team/kafka:2@{Gone}");

        var run = Run("drift", file);

        run.ExitCode.ShouldBe(ExitCode.RegistryNotAsked);
        run.Out.ShouldContain($": HEAD http://{Registry.Host}/v2/team/nifi/manifests/{nifi}");
        run.Out.ShouldContain("?        unknown\n");
        run.Out.ShouldContain("error IMR2030 ");
        run.Out.ShouldEndWith($"{file}: 0 same, 1 drifted, 1 unknown, 0 unpinned\n");
    }

    [Theory]
    [InlineData(401, ExitCode.RegistrySaidNo)]
    [InlineData(403, ExitCode.RegistrySaidNo)]
    [InlineData(429, ExitCode.RegistryNotAsked)]
    public void Cannot_be_judged_where_a_registry_refuses(int status, ExitCode exitCode)
    {
        LogIn();
        Registry.Always("/team/nifi/", Nasty.Status(status));

        var run = Run("drift", Manifest($"team/nifi:1@{Gone}"));

        run.ExitCode.ShouldBe(exitCode);
        run.Out.ShouldNotContain("IMR203");
    }

    [Fact]
    public void Has_not_lost_its_tag_where_only_a_configuration_is_gone()
    {
        var pinned = Index("team/nifi", "1", "linux/amd64");
        Single("team/nifi", "1", "arm64");
        Registry.Always("/team/nifi/blobs/", Nasty.Status(404));

        var run = Run("drift", Manifest($"team/nifi:1@{pinned}"));

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Out.ShouldContain("error IMR2031 ");
        run.Out.ShouldNotContain("IMR2032");
    }

    [Fact]
    public void Is_judged_beside_a_file_that_is_none_and_asked_for_once()
    {
        var nifi = Index("team/nifi", "1", "linux/amd64");
        var file = Manifest($"team/nifi:1@{nifi}");

        var run = Run("drift", file, Folder.File("none.yaml"), file);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain($"{file}: 1 same");
        run.Out.ShouldContain("none.yaml: not a manifest that can be read\n");
        Registry.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Is_told_as_json_and_as_annotations()
    {
        var pinned = Index("team/nifi", "1", "linux/amd64");
        var now = Index("team/nifi", "1", "linux/amd64", "linux/arm64");
        var file = Manifest($"team/nifi:1@{pinned}");

        using var json = JsonDocument.Parse(Run("drift", file, "--format", "json").Out);
        var lines = Run("drift", file, "--format", "github").Out;

        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(12);
        var image = json.RootElement.GetProperty("manifests")[0].GetProperty("images")[0];
        image.GetProperty("status").GetString().ShouldBe("drifted");
        image.GetProperty("pinExists").GetBoolean().ShouldBeTrue();
        image.GetProperty("tagDigest").GetString().ShouldBe(now.ToString());
        image.GetProperty("gained")[0].GetString().ShouldBe("linux/arm64");
        lines.ShouldContain($"::error file={file},line=11,col=12,title=IMR2031 nifi::");
        lines.ShouldContain("::notice ");
    }

    [Fact]
    public void Is_told_in_the_order_of_the_manifest_however_many_are_asked_at_a_time()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"app{39 - i}").ToList();
        var images = names.Select(name => $"team/{name}:1@{Index($"team/{name}", "1", "linux/amd64")}");

        var run = Run("drift", Manifest([.. images]));

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.Split('\n').Skip(1).Take(40).Select(line => line.Split(' ')[0]).ShouldBe(names);
    }
}
