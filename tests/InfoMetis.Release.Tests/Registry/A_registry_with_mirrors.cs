using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_with_mirrors : RegistryTest
{
    private static readonly byte[] Content = SomeBytes(50_000);

    private FakeRegistry _first = null!;
    private FakeRegistry _second = null!;
    private Descriptor _blob = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _first = await StartAsync();
        _second = await StartAsync();
        _blob = Registry.Add(Repository, Content, Samples.Layer);
        _first.Add(Repository, Content, Samples.Layer);
        _second.Add($"hub/{Repository}", Content, Samples.Layer);
    }

    [Fact]
    public async Task Is_asked_only_where_they_do_not_help()
    {
        (await PullAsync(Mirrored(), _blob)).ShouldBe(Content);
        (_first.Requests.Count, _second.Requests.Count, Registry.Requests.Count).ShouldBe((1, 0, 0));
        Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Has_them_asked_in_order_below_their_prefix()
    {
        _first.Always("/", Nasty.Status(404));
        (await PullAsync(Mirrored(), _blob)).ShouldBe(Content);
        _second.Requests.Single().Path.ShouldBe($"/v2/hub/{Repository}/blobs/{_blob.Digest}");
        Registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_asked_last()
    {
        _first.Always("/", Nasty.Status(500));
        _second.Always("/", Nasty.Status(403));
        (await PullAsync(Mirrored(), _blob)).ShouldBe(Content);
        Notices.Select(notice => notice.Code).ShouldBe([Codes.MirrorPassedOver, Codes.MirrorPassedOver]);
        Notices.First().Fact.ShouldContain("tried 6 times");
    }

    [Fact]
    public async Task Is_asked_where_a_mirror_serves_other_bytes_and_that_is_reported()
    {
        var flipped = Content.ToArray();
        flipped[^1] ^= 1;
        _first.Always("/blobs/", Nasty.Bytes(200, null, flipped));
        (await PullAsync(Mirrored(), _blob)).ShouldBe(Content);
        _first.Requests.Count.ShouldBe(1);
        var notice = Notices.Single();
        notice.Code.ShouldBe(Codes.MirrorRefused);
        notice.Severity.ShouldBe(Severity.Warning);
        notice.Fact.ShouldContain(_first.Host);
    }

    [Fact]
    public async Task Continues_with_what_a_broken_mirror_has_sent()
    {
        var halves = await StartAsync();
        halves.Next("/blobs/", Nasty.Cut(Content, 20_000));
        halves.Always("/blobs/", Nasty.Status(404));
        var source = Source(
            Options(
                $$"""
                apiVersion: infometis.io/registries/v1
                registries:
                  {{Registry.Host}}:
                    mirrors: ["{{halves.Url}}"]
                """
            )
        );
        (await PullAsync(source, _blob)).ShouldBe(Content);
        Registry.Requests.Single().Range.ShouldBe("bytes=20000-");
    }

    [Fact]
    public async Task Is_never_asked_where_only_they_may_be()
    {
        _first.Always("/", Nasty.Status(404));
        _second.Always("/", Nasty.Status(404));
        var finding = await FailureOf(() => PullAsync(Mirrored(onlyMirrors: true), _blob));
        finding.Code.ShouldBe(Codes.RegistryNotFound);
        finding.Fact.ShouldContain($"after {_first.Host}/{Repository} (IMR3001)");
        Registry.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, 500, Codes.RegistryUnavailable)]
    [InlineData(500, 404, Codes.RegistryUnavailable)]
    [InlineData(401, 404, Codes.RegistryUnauthorized)]
    [InlineData(404, 403, Codes.RegistryForbidden)]
    public async Task Has_nothing_absent_that_one_of_them_only_did_not_say(int first, int second, string code)
    {
        _first.Always("/", Nasty.Status(first));
        _second.Always("/", Nasty.Status(second));
        Registry.Always("/", Nasty.Status(404));
        var source = Mirrored();
        (await FailureOf(() => source.HasManifestAsync("1.0", CancellationToken.None))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Has_nothing_that_none_of_them_has()
    {
        (await Mirrored().HasManifestAsync("1.0", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Keeps_its_credentials_from_them()
    {
        _first.Guard = Guards.Basic(User, Password);
        var options = Options(Yaml(onlyMirrors: false)) with { Credentials = Logins.Of(Registry.Host, User, Password) };
        (await PullAsync(Source(options), _blob)).ShouldBe(Content);
        _first.Requests.Concat(_second.Requests).ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task Leaves_alone_what_is_not_a_registry_s_fault()
    {
        await Should.ThrowAsync<ReleaseException>(() =>
            Mirrored()
                .ReadAsync<int>(
                    (_, _) => throw new ReleaseException(new Finding("IMR6001", Severity.Error, "disk", "no space")),
                    CancellationToken.None
                )
        );
        Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_asked_under_another_name_where_one_is_written()
    {
        Registry.Add("moved/app", Content, Samples.Layer);
        var source = Source(
            Options(
                $$"""
                apiVersion: infometis.io/registries/v1
                registries:
                  {{Registry.Host}}:
                    rewrite: [{ from: tea, to: coffee }, { from: team, to: moved }]
                """
            )
        );
        (await PullAsync(source, _blob)).ShouldBe(Content);
        Registry.Requests.Single().Path.ShouldContain("/v2/moved/app/blobs/");
    }

    private RegistrySource Mirrored(bool onlyMirrors = false) => Source(Options(Yaml(onlyMirrors)));

    private string Yaml(bool onlyMirrors) =>
        $$"""
            apiVersion: infometis.io/registries/v1
            registries:
              {{Registry.Host}}:
                mirrors: ["{{_first.Url}}", "{{_second.Url}}hub"]
                onlyMirrors: {{(onlyMirrors ? "true" : "false")}}
            """;
}
