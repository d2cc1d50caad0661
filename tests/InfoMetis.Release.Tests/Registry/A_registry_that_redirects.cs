using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_redirects : RegistryTest
{
    private static readonly byte[] Content = SomeBytes(10_000);

    private FakeRegistry _storage = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _storage = await StartAsync();
        Registry.Guard = Guards.Basic(User, Password);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task To_another_port_sends_no_authorization_along(int status)
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        _storage.Add(Repository, Content, Samples.Layer);
        Registry.Add(Repository, Samples.Manifest(), MediaTypes.OciManifest, "1.0");
        var source = LoggedIn();
        await source.ResolveAsync("1.0", CancellationToken.None);
        Registry.Next("/blobs/", Nasty.Redirect($"{_storage.Url}v2/{Repository}/blobs/{blob.Digest}", status));
        (await PullAsync(source, blob)).ShouldBe(Content);
        Registry.Requests.Last().Authorization.ShouldNotBeNull();
        _storage.Requests.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Within_itself_is_still_authorized()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Redirect($"/v2/{Repository}/blobs/{blob.Digest}"));
        (await PullAsync(LoggedIn(), blob)).ShouldBe(Content);
        Registry.Requests.Last().Authorization.ShouldNotBeNull();
    }

    [Fact]
    public async Task To_storage_that_wants_a_login_gives_it_none()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        _storage.Guard = Guards.Basic(User, Password);
        Registry.Always("/blobs/", Nasty.Redirect($"{_storage.Url}somewhere"));
        var finding = await FailureOf(() => PullAsync(LoggedIn(), blob));
        finding.Code.ShouldBe(Codes.StorageFailed);
        _storage.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task To_storage_whose_links_ended_is_asked_for_a_new_one(int status)
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        _storage.Always("/", Nasty.Status(status));
        Registry.Next("/blobs/", Nasty.Redirect($"{_storage.Url}ended?X-Amz-Signature=abc"));
        (await PullAsync(LoggedIn(), blob)).ShouldBe(Content);
    }

    [Fact]
    public async Task With_a_signature_does_not_have_it_shown()
    {
        Secrets.Add("signed-by-storage");
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        _storage.Always("/", Nasty.Status(403));
        Registry.Always(
            "/blobs/",
            Nasty.Redirect(
                $"http://{User}:{Password}@{_storage.Host}/blob?X-Amz-Signature=signed-by-storage#signed-by-storage"
            )
        );
        var finding = await FailureOf(() => PullAsync(LoggedIn(), blob));
        finding.Fact.ShouldContain($"{_storage.Url}blob?X-Amz-Signature=***");
    }

    [Fact]
    public async Task In_a_circle_is_left()
    {
        Registry.Always("/manifests/", Nasty.Redirect("1.0"));
        var finding = await FailureOf(() => LoggedIn().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RedirectRefused);
        Registry.Requests.Count.ShouldBe(1 + 5);
    }

    [Theory]
    [InlineData("ftp://storage.example/blob")]
    [InlineData("file:///etc/passwd")]
    public async Task Out_of_http_is_refused(string target)
    {
        Registry.Always("/manifests/", Nasty.Redirect(target));
        var finding = await FailureOf(() => LoggedIn().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RedirectRefused);
    }

    [Fact]
    public async Task Nowhere_gives_no_usable_answer()
    {
        Registry.Always("/manifests/", Nasty.Status(307));
        var finding = await FailureOf(() => LoggedIn().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.BadAnswer);
    }

    private RegistrySource LoggedIn() =>
        Source(Options() with { Credentials = Logins.Of(Registry.Host, User, Password) });
}
