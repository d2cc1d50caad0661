using InfoMetis.Release.Messages;
using InfoMetis.Release.Tests.Cli;

namespace InfoMetis.Release.Tests.Push;

public sealed class Where_images_are_pushed_from : PushTest
{
    [Fact]
    public void May_be_a_bundle_its_archive_its_parts_or_an_archive_out_of_it()
    {
        UploadDesk.At(Registry);
        var bundle = Release.Bundle("whole");
        var archive = Directory.GetFiles(bundle, "*.tar.zst").ShouldHaveSingleItem();
        var parts = Directory.GetFiles(Release.Bundle("parts", "--part-size", "64KiB"), "*.part*");
        var images = Release.PathOf("images.tar");
        Imrel.Run("extract", bundle, "--all", "--output", images).ExitCode.ShouldBe(ExitCode.Sound);

        parts.Length.ShouldBeGreaterThan(1);
        foreach (
            var paths in new[] { [bundle], [archive], [$"bundle:{bundle}"], parts, [images], [$"oci-archive:{images}"] }
        )
        {
            var run = Imrel.Run(["push", .. paths, $"{Registry.Host}/site"]);

            run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
            run.Out.ShouldContain($"{Images} images there and read back");
        }
        Registry.Find("/v2/site/confluentinc/cp-kafka/manifests/7.5.0").ShouldNotBeNull();
    }

    [Fact]
    public void May_be_a_store_that_was_pulled_into()
    {
        UploadDesk.At(Registry);
        Imrel
            .Run("pull", Release.Manifest, "--store", Release.Store, "--from", $"oci:{Release.Layout}")
            .ExitCode.ShouldBe(ExitCode.Sound);

        var run = Run("push", Release.Store, Registry.Host, "--images", "cp-kafka");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("1 image there and read back");
    }

    [Fact]
    public void Is_asked_for_the_names_that_the_manifest_gives_where_it_is_a_bundle()
    {
        UploadDesk.At(Registry);

        var run = Run(
            "push",
            Release.Bundle("named"),
            Registry.Host,
            "--images",
            "kafka,docker.io/library/busybox:1.35"
        );

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("2 images there and read back");
    }

    [Fact]
    public void Has_to_name_a_repository()
    {
        var index = Path.Combine(Release.Layout, "index.json");
        var text = File.ReadAllText(index);
        File.WriteAllText(index, text.Replace("docker.io/library/busybox:1.35", "1.35", StringComparison.Ordinal));

        var run = Push();

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(Codes.NameLacking);
        Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Must_not_hold_two_images_that_would_get_the_same_name()
    {
        var index = Path.Combine(Release.Layout, "index.json");
        var text = File.ReadAllText(index);
        File.WriteAllText(
            index,
            text.Replace(
                "docker.io/library/busybox:1.35",
                "quay.io/confluentinc/cp-kafka:7.5.0",
                StringComparison.Ordinal
            )
        );

        var run = Push();

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo, run.Error);
        run.Error.ShouldContain(Codes.TargetsCollide);
        Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Is_nothing_that_is_neither_a_bundle_nor_a_layout()
    {
        Run("push", Release.PathOf("nowhere"), Registry.Host).Error.ShouldContain(Codes.NotABundle);
        Run("push", Release.Manifest, Registry.Host).Error.ShouldContain(Codes.NotABundle);
    }
}
