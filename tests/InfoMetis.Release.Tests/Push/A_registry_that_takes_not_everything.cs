using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Registry;

namespace InfoMetis.Release.Tests.Push;

public sealed class A_registry_that_takes_not_everything : PushTest
{
    [Fact]
    public void Refuses_an_index_without_its_other_platforms_which_is_said_for_each()
    {
        UploadDesk.At(Registry).TakesSparse = false;

        var run = Push();

        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo, run.Error);
        run.Error.Split(Codes.SparseIndexRefused).Length.ShouldBe(Images);
        run.Error.ShouldContain("MANIFEST_BLOB_UNKNOWN");
        run.Error.ShouldContain("--platform-only");
        run.Out.ShouldContain($"1 of {Images} images there and read back");
        Registry.Find("/v2/confluentinc/cp-kafka/manifests/7.5.0").ShouldBeNull();
    }

    [Fact]
    public void Serves_the_index_by_its_digest_where_it_serves_blobs_as_manifests()
    {
        var desk = UploadDesk.At(Registry);
        (desk.TakesSparse, desk.ServesBlobsAsManifests) = (false, true);

        var run = Push("--platform-only");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Error.Split(Codes.IndexByDigestOnly).Length.ShouldBe(Images);
        var tagged = Registry.Find("/v2/confluentinc/cp-kafka/manifests/7.5.0").ShouldNotBeNull();
        tagged.MediaType.ShouldBe(MediaTypes.OciManifest);
        run.Out.ShouldContain($"cp-kafka:7.5.0@{tagged.Digest}");
    }

    [Fact]
    public void Has_no_index_where_it_does_not_and_that_is_said()
    {
        UploadDesk.At(Registry).TakesSparse = false;

        var run = Push("--platform-only");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        run.Error.Split(Codes.IndexLeftOut).Length.ShouldBe(Images);
        Registry.Find("/v2/confluentinc/cp-kafka/manifests/7.5.0").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", Codes.RegistryUnauthorized, ExitCode.RegistrySaidNo)]
    [InlineData(403, "DENIED", Codes.PushForbidden, ExitCode.RegistrySaidNo)]
    [InlineData(404, "NAME_UNKNOWN", Codes.PushRefused, ExitCode.RegistrySaidNo)]
    [InlineData(405, "UNSUPPORTED", Codes.RegistryReadOnly, ExitCode.RegistrySaidNo)]
    [InlineData(413, null, Codes.PushRefused, ExitCode.RegistrySaidNo)]
    [InlineData(500, null, Codes.RegistryUnavailable, ExitCode.RegistryNotAsked)]
    public void Says_why_it_takes_no_blob(int status, string? said, string code, ExitCode exitCode)
    {
        UploadDesk.At(Registry);
        Registry.Always("/blobs/uploads/", Nasty.Status(status, said));

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(exitCode, run.Error);
        run.Error.ShouldContain(code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    public void Is_asked_again_after_the_time_it_names(string seconds)
    {
        var desk = UploadDesk.At(Registry);
        var wait = Nasty.Status(429, "TOOMANYREQUESTS", retryAfter: seconds.Length > 0 ? seconds : null);
        Registry.Next("/blobs/uploads/", wait, wait);
        Registry.Next("/manifests/1.35", Nasty.Status(404, "MANIFEST_UNKNOWN"), wait);
        var begin = Clock.GetUtcNow();

        var run = Push("--images", "busybox", "--jobs", "1");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        desk.Of("blob").ShouldBeUnique();
        if (seconds.Length > 0)
            (Clock.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void Is_sent_a_blob_from_its_start_on_where_the_connection_breaks()
    {
        var desk = UploadDesk.At(Registry);
        Registry.Next("/blobs/uploads/7", Abort, Abort);

        var run = Push("--images", "busybox");

        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        desk.Of("blob").ShouldBeUnique();

        static Task Abort(Microsoft.AspNetCore.Http.HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task May_send_a_blob_to_another_host_which_sees_no_password()
    {
        await using var storage = await FakeRegistry.StartAsync();
        storage.Always("/there", Nasty.Status(201));
        UploadDesk.At(Registry);
        Registry.Next(
            "/blobs/uploads/",
            Nasty.Header("Location", new Uri(storage.Url, "/there?signed=yes").ToString(), Nasty.Status(202))
        );

        var run = Push("--images", "busybox", "--jobs", "1");

        // It was never put into the registry itself, which the reading back finds.
        run.ExitCode.ShouldBe(ExitCode.RegistrySaidNo, run.Error);
        var sent = storage.Requests.ShouldHaveSingleItem();
        sent.Path.ShouldStartWith("/there?signed=yes&digest=sha256:");
        sent.Authorization.ShouldBeNull();
    }
}
