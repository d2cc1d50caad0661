using System.Text.Json;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

public sealed class A_push_into_a_registry : PushTest
{
    [Theory]
    [InlineData("1")]
    [InlineData("16")]
    public void Puts_every_image_there_byte_for_byte(string jobs)
    {
        UploadDesk.At(Registry);

        var run = Push("--jobs", jobs);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain($"{Images} images there and read back");
        var kafka = Registry.Find("/v2/confluentinc/cp-kafka/manifests/7.5.0").ShouldNotBeNull();
        Release.BytesOf(Digest.Parse(kafka.Digest)).ShouldBe(kafka.Bytes.ToArray());
        kafka.MediaType.ShouldBe(MediaTypes.OciIndex);
    }

    [Fact]
    public void Sends_each_blob_once_and_links_it_where_else_it_is_needed()
    {
        var desk = UploadDesk.At(Registry);

        Push().ExitCode.ShouldBe(ExitCode.Sound);

        desk.Of("blob").Select(one => one.Split(' ')[2]).ShouldBeUnique();
        desk.Of("mount").Count.ShouldBeGreaterThanOrEqualTo(Images - 1);
    }

    [Fact]
    public void Sends_a_blob_again_where_a_registry_links_nothing()
    {
        var desk = UploadDesk.At(Registry);
        desk.Mounts = false;

        Push().ExitCode.ShouldBe(ExitCode.Sound);

        desk.Of("mount").ShouldBeEmpty();
        desk.Of("blob").ShouldBeUnique();
    }

    [Fact]
    public void Puts_children_before_parents_and_tags_last()
    {
        var desk = UploadDesk.At(Registry);

        Push("--jobs", "1").ExitCode.ShouldBe(ExitCode.Sound);

        var taken = desk.Taken.ToList();
        var lastBlob = taken.FindLastIndex(one => !one.StartsWith("manifest ", StringComparison.Ordinal));
        var lastDigest = taken.FindLastIndex(one => one.Contains(" sha256:", StringComparison.Ordinal));
        taken.FindIndex(one => one.StartsWith("manifest ", StringComparison.Ordinal)).ShouldBeGreaterThan(lastBlob);
        taken.Count.ShouldBe(lastDigest + 1 + Images);
    }

    [Fact]
    public void Has_nothing_to_do_the_second_time()
    {
        var desk = UploadDesk.At(Registry);
        Push().ExitCode.ShouldBe(ExitCode.Sound);
        var before = desk.Of("blob").Count;
        var report = Release.PathOf("report.json");

        var run = Push("--report", report);

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("no blob was sent");
        desk.Of("blob").Count.ShouldBe(before);
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        var result = json.RootElement.GetProperty("result");
        result.GetProperty("pushed").GetInt64().ShouldBe(0);
        result.GetProperty("images").GetArrayLength().ShouldBe(Images);
    }

    [Fact]
    public void Puts_some_below_a_folder_where_that_is_asked_for()
    {
        var desk = UploadDesk.At(Registry);

        var run = Run("push", Release.Layout, $"{Registry.Host}/site/infometis", "--images", "cp-kafka,busybox:1.35");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        desk.Of("manifest").Count(one => !one.Contains("sha256:", StringComparison.Ordinal)).ShouldBe(2);
        Registry.Find("/v2/site/infometis/library/busybox/manifests/1.35").ShouldNotBeNull();
        Registry.Find("/v2/site/infometis/confluentinc/cp-kafka/manifests/7.5.0").ShouldNotBeNull();
    }

    [Fact]
    public void Only_asks_where_a_plan_is_all_that_is_wanted()
    {
        var desk = UploadDesk.At(Registry);

        var run = Push("--dry-run");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Out.ShouldContain("23 images with other platforms left out");
        desk.Taken.ShouldBeEmpty();
        Registry.Requests.ShouldAllBe(request => request.Method == "HEAD");
    }

    [Fact]
    public void Says_which_tag_stood_for_something_else_before()
    {
        UploadDesk.At(Registry);
        var before = Registry.Add("library/busybox", Samples.Manifest(), MediaTypes.OciManifest, "1.35");

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Error.ShouldContain(Codes.TagReplaced);
        run.Error.ShouldContain(before.Digest.ToString());
    }

    [Fact]
    public void Takes_a_tag_from_what_is_no_image_of_today()
    {
        UploadDesk.At(Registry);
        Registry.Add("library/busybox", Samples.SchemaOne(), MediaTypes.OciManifest, "1.35");

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
    }

    [Fact]
    public void Knows_no_image_that_is_not_there()
    {
        var run = Push("--images", "busybox,nonsense,cp-kafka");

        run.ExitCode.ShouldBe(ExitCode.Integrity);
        run.Error.ShouldContain($"{Codes.NameUnknown} ");
        run.Error.ShouldContain("'nonsense'");
        Registry.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("site.local:5000/Team")]
    [InlineData("https://site.local")]
    [InlineData("site.local/team@sha256:0")]
    public void Wants_a_registry_to_put_it_into(string target)
    {
        var run = Run("push", Release.Layout, target);

        run.ExitCode.ShouldBe(ExitCode.Usage, run.Error);
        run.Error.ShouldContain("is no registry");
    }

    [Fact]
    public void Sends_nothing_that_is_damaged_here()
    {
        var desk = UploadDesk.At(Registry);
        var layer = Release.Content.First(digest => Release.BytesOf(digest).Length == 3000);
        var file = Path.Combine(Release.Layout, "blobs", "sha256", layer.Hex);
        var bytes = File.ReadAllBytes(file);
        bytes[7] ^= 1;
        File.WriteAllBytes(file, bytes);

        var run = Push();

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(Codes.ContentWrongDigest);
        desk.Taken.ShouldNotContain(one => one.Contains(layer.ToString(), StringComparison.Ordinal));
        desk.Of("manifest").ShouldBeEmpty();
    }

    [Fact]
    public void Names_what_is_missing_here_and_pushes_the_rest()
    {
        UploadDesk.At(Registry);
        var kafka = Release.Content.First(digest =>
            Release.BytesOf(digest).AsSpan().StartsWith("kafka says it again"u8)
        );
        File.Delete(Path.Combine(Release.Layout, "blobs", "sha256", kafka.Hex));

        var run = Push();

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(kafka.ToString());
        run.Out.ShouldContain($"{Images - 1} of {Images} images there and read back");
    }
}
