using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

public sealed class A_registry_that_lies_about_a_push : PushTest
{
    [Fact]
    public void Is_caught_where_the_tag_stands_for_something_else()
    {
        var desk = UploadDesk.At(Registry);
        desk.After = (repository, reference) =>
        {
            if (reference == "1.35")
                Registry.Add(repository, Samples.Manifest(), MediaTypes.OciManifest, "1.35");
        };

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(Codes.PushedDiffers);
        run.Out.ShouldContain("0 of 1 image there and read back");
    }

    [Fact]
    public void Is_caught_where_a_digest_serves_other_bytes()
    {
        var desk = UploadDesk.At(Registry);
        desk.After = (repository, reference) =>
        {
            foreach (var manifest in reference == "1.35" ? desk.Of("manifest") : [])
                Registry.Replace($"/v2/{repository}/manifests/{manifest.Split(' ')[2]}", Samples.Manifest());
        };

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(Codes.LyingDigest);
    }

    [Fact]
    public void Is_caught_where_it_throws_away_what_it_took()
    {
        var desk = UploadDesk.At(Registry);
        desk.After = (repository, reference) =>
        {
            foreach (var blob in reference == "1.35" ? desk.Of("blob") : [])
                Registry.Remove($"/v2/{repository}/blobs/{blob.Split(' ')[2]}");
        };

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain("does not have it");
    }

    [Fact]
    public void Is_caught_where_a_blob_has_another_size()
    {
        UploadDesk.At(Registry).After = (repository, reference) =>
            Registry.Replace($"/v2/{repository}/blobs/{reference}", [1, 2, 3]);

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Integrity, run.Error);
        run.Error.ShouldContain(Codes.WrongSize);
    }
}
