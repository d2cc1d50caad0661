using System.Text;
using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Cli;

public sealed class A_manifest_that_is_pinned : UpstreamTest
{
    private static readonly Digest Old = Digest.Parse($"sha256:{new string('a', 64)}");

    [Fact]
    public void Gets_the_digests_of_its_indexes_and_is_otherwise_as_it_was()
    {
        var (nifi, kafka) = (Index("team/nifi", "1", "linux/amd64", "linux/arm64"), Single("team/kafka", "2", "amd64"));
        var file = Manifest("team/nifi:1", "team/kafka:2");

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        File.ReadAllText(file).ShouldBe(Text($"team/nifi:1@{nifi}", $"team/kafka:2@{kafka}"));
        run.Out.ShouldBe(
            $"""
            IMAGE  TAG  OLD   NEW
            nifi   1    none  {nifi.Hex[..7]}
            kafka  2    none  {kafka.Hex[..7]}

            {file}: 2 pinned, 0 unchanged, 0 failed

            """
        );
        Run("check", file).Out.ShouldNotContain(Codes.Unpinned);
    }

    [Fact]
    public void Is_left_alone_where_every_image_is_pinned_already()
    {
        Index("team/nifi", "1", "linux/amd64");
        var file = Manifest($"team/nifi:1@{Old}");

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldBe($"{file}: every image is pinned already\n");
        File.ReadAllText(file).ShouldBe(Text($"team/nifi:1@{Old}"));
        Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Is_pinned_anew_where_it_is_told_to()
    {
        var (nifi, kafka) = (Index("team/nifi", "1", "linux/amd64"), Index("team/kafka", "2", "linux/amd64"));
        var file = Manifest($"team/nifi:1@{Old}", $"team/kafka:2@{kafka}");

        var run = Run("pin", file, "--update");

        run.Out.ShouldContain($"nifi   1    aaaaaaa  {nifi.Hex[..7]}\n");
        run.Out.ShouldContain($"kafka  2    {kafka.Hex[..7]}  unchanged\n");
        File.ReadAllText(file).ShouldBe(Text($"team/nifi:1@{nifi}", $"team/kafka:2@{kafka}"));
    }

    [Fact]
    public void Is_not_written_in_a_dry_run()
    {
        var nifi = Index("team/nifi", "1", "linux/amd64");
        var file = Manifest("team/nifi:1");

        var run = Run("pin", file, "--dry-run");

        run.ExitCode.ShouldBe(ExitCode.Sound);
        run.Out.ShouldContain(nifi.Hex[..7]);
        run.Out.ShouldEndWith("1 pinned, 0 unchanged, 0 failed; nothing is written\n");
        File.ReadAllText(file).ShouldBe(Text("team/nifi:1"));
    }

    [Fact]
    public void Keeps_the_pins_that_worked_where_one_fails()
    {
        var (first, last) = (Index("team/nifi", "1", "linux/amd64"), Index("team/flink", "3", "linux/amd64"));
        Registry.Always("/team/kafka/", Nasty.Status(503));
        var file = Manifest("team/nifi:1", "team/kafka:2", "team/gone:9", "team/flink:3");

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.RegistryNotAsked);
        File.ReadAllText(file)
            .ShouldBe(Text($"team/nifi:1@{first}", "team/kafka:2", "team/gone:9", $"team/flink:3@{last}"));
        run.Out.ShouldContain("kafka  2    none  failed\n");
        run.Out.ShouldContain($": GET http://{Registry.Host}/v2/team/kafka/manifests/2");
        run.Out.ShouldContain($"error {Codes.RegistryNotFound} ");
        run.Out.ShouldContain($"at:   {file}:15:12\n");
        run.Out.ShouldEndWith("2 pinned, 0 unchanged, 2 failed\n");
    }

    [Theory]
    [InlineData("linux/arm64,linux/riscv64", "error IMR1031 HOST/team/nifi:1 is not there for linux/riscv64")]
    [InlineData("linux/386", "hint: It is there for linux/amd64, linux/arm64;")]
    public void Refuses_an_image_that_lacks_a_platform(string platforms, string said)
    {
        Index("team/nifi", "1", "linux/amd64", "linux/arm64/v8");
        var file = Manifest("team/nifi:1");

        var run = Run("pin", file, "--platform", platforms);

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain(said.Replace("HOST", Registry.Host, StringComparison.Ordinal));
        File.ReadAllText(file).ShouldBe(Text("team/nifi:1"));
    }

    [Fact]
    public void Refuses_an_image_without_index_for_another_platform_than_the_manifests()
    {
        Single("team/nifi", "1", "arm64");

        var run = Run("pin", Manifest("team/nifi:1"));

        run.ExitCode.ShouldBe(ExitCode.ManifestInvalid);
        run.Out.ShouldContain("is not there for linux/amd64\n  hint: It is there for linux/arm64;");
    }

    [Fact]
    public void Takes_no_digest_from_a_registry_that_lies()
    {
        Index("team/nifi", "1", "linux/amd64");
        Registry.Always("/team/nifi/", Nasty.Header("Docker-Content-Digest", Old.ToString(), Registry.ServeAsync));
        var file = Manifest("team/nifi:1");

        var run = Run("pin", file);

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Out.ShouldContain(Codes.LyingDigest);
        File.ReadAllText(file).ShouldBe(Text("team/nifi:1"));
    }

    [Fact]
    public void Is_read_with_the_login_of_docker_and_never_shows_it()
    {
        Registry.Guard = Guards.Basic(User, Password);
        LogIn();
        var nifi = Index("team/nifi", "1", "linux/amd64");
        var file = Manifest("team/nifi:1");

        Run("pin", file).ExitCode.ShouldBe(ExitCode.Sound);
        File.ReadAllText(file).ShouldBe(Text($"team/nifi:1@{nifi}"));

        Registry.Guard = Guards.Basic(User, "another");
        var report = Folder.File("report.json");
        var run = Run("pin", file, "--update", "--report", report);
        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo);
        run.Out.ShouldContain(Codes.RegistryUnauthorized);
        File.ReadAllText(report).ShouldNotContain(Password);
    }

    [Fact]
    public void Is_asked_for_where_registries_yaml_says()
    {
        var pause = Index("hub/library/pause", "3.5", "linux/amd64");
        var rules = Folder.Write(
            "rules.yaml",
            Encoding.UTF8.GetBytes(
                $$"""
                apiVersion: infometis.io/registries/v1
                registries:
                  docker.io: { mirrors: ["http://127.0.0.1:9/none", "{{Registry.Url}}hub"], onlyMirrors: true }
                """
            )
        );
        var file = Written(Text("x:1").Replace($"{Registry.Host}/x:1", "pause:3.5", StringComparison.Ordinal));

        var run = Run("pin", file, "--registries", rules);

        run.ExitCode.ShouldBe(ExitCode.Sound);
        File.ReadAllText(file).ShouldContain($"image: pause:3.5@{pause} # see above");
        run.Error.ShouldStartWith(
            $"warning {Codes.MirrorPassedOver} docker.io/library/pause: 127.0.0.1:9/none/library/pause is passed over"
        );
    }

    [Fact]
    public void Is_told_as_json()
    {
        var nifi = Index("team/nifi", "1", "linux/amd64");
        var file = Manifest("team/nifi:1", "team/gone:9");

        using var json = JsonDocument.Parse(Run("pin", file, "--format", "json").Out);

        var root = json.RootElement;
        root.GetProperty("apiVersion").GetString().ShouldBe("infometis.io/pin/v1");
        root.GetProperty("exitCode").GetInt32().ShouldBe(20);
        root.GetProperty("written").GetBoolean().ShouldBeTrue();
        var images = root.GetProperty("images").EnumerateArray().ToList();
        images[0].GetProperty("status").GetString().ShouldBe("pinned");
        images[0].GetProperty("old").ValueKind.ShouldBe(JsonValueKind.Null);
        images[0].GetProperty("new").GetString().ShouldBe(nifi.ToString());
        images[1].GetProperty("status").GetString().ShouldBe("failed");
        root.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe(Codes.RegistryNotFound);
    }
}
