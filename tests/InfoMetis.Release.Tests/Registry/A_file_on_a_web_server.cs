using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_file_on_a_web_server : RegistryTest, IDisposable
{
    private const string Place = "/tools/helper.bin";
    private static readonly byte[] Content = SomeBytes(300_000);

    private readonly Certificates _certificates = new();
    private FakeRegistry _web = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _web = await FakeRegistry.StartAsync(_certificates.Server("127.0.0.1"));
        _web.AddFile(Place, Content);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _web.DisposeAsync();
    }

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Is_as_large_as_its_server_says_and_comes_without_a_login()
    {
        var file = File(Trusting() with { Credentials = Logins.Of(_web.Host, User, Password) });

        var found = await DescribeAsync(file);

        found.Size.ShouldBe(Content.Length);
        (await PullAsync(file, found)).ShouldBe(Content);
        _web.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task Is_gone_on_with_where_it_broke_off()
    {
        _web.Next(Place, Nasty.Cut(Content, 100_000));

        (await PullAsync(File(Trusting()))).ShouldBe(Content);

        _web.Requests.Select(request => request.Range).ShouldBe([null, "bytes=100000-"]);
    }

    [Fact]
    public async Task Is_read_from_its_start_where_the_server_refuses_a_part()
    {
        _web.Next(Place, Nasty.Cut(Content, 100_000), Nasty.Status(416));

        (await PullAsync(File(Trusting()))).ShouldBe(Content);

        _web.Requests.Select(request => request.Range).ShouldBe([null, "bytes=100000-", null]);
    }

    [Fact]
    public async Task Is_refused_where_nobody_says_how_long_it_is()
    {
        _web.Always(Place, Nasty.WithoutLength(Content));

        var finding = await FailureOf(() => DescribeAsync(File(Trusting())));

        finding.Code.ShouldBe(Codes.FileWithoutLength);
        finding.Fact.ShouldContain($"{_web.Url}tools/helper.bin");
        Clock.Waits.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Is_asked_for_once_where_the_server_says_no(int status)
    {
        _web.Always(Place, Nasty.Status(status));

        var finding = await FailureOf(() => DescribeAsync(File(Trusting())));

        finding.Code.ShouldBe(Codes.FileRefused);
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.RegistrySaidNo);
        _web.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_asked_for_again_where_the_server_is_in_trouble()
    {
        _web.Next(Place, Nasty.Status(503), Nasty.Status(500));

        (await DescribeAsync(File(Trusting()))).Size.ShouldBe(Content.Length);

        Clock.Waits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task May_lie_elsewhere()
    {
        var storage = await FakeRegistry.StartAsync(_certificates.Server("127.0.0.1"));
        Keep(storage);
        _web.Always(Place, Nasty.Redirect(storage.AddFile("/elsewhere", Content).ToString()));

        (await PullAsync(File(Trusting()))).ShouldBe(Content);
    }

    [Fact]
    public async Task Never_comes_by_plain_http()
    {
        _web.Always(Place, Nasty.Redirect(Registry.AddFile("/plain", Content).ToString()));

        var finding = await FailureOf(() => DescribeAsync(File(Trusting())));

        finding.Code.ShouldBe(Codes.RedirectRefused);
        Registry.Requests.ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => Client(Options()).File(Registry.Url));
    }

    [Fact]
    public async Task Does_not_come_from_a_server_that_nobody_vouches_for()
    {
        var finding = await FailureOf(() => DescribeAsync(File(Options())));

        finding.Code.ShouldBe(Codes.Untrusted);
        _web.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Behind_a_signed_link_does_not_have_it_shown()
    {
        Secrets.Add("signed-by-somebody");
        _web.Always(Place, Nasty.Status(403));
        var url = new Uri($"https://{User}:{Password}@{_web.Host}{Place}?signature=signed-by-somebody");

        var finding = await FailureOf(() => DescribeAsync(Client(Trusting()).File(url)));

        finding.Fact.ShouldContain("helper.bin?signature=***");
    }

    private RegistryOptions Trusting()
    {
        var yaml = new StringBuilder("apiVersion: infometis.io/registries/v1\nregistries:\n");
        yaml.Append($"  {_web.Host}: {{ ca: '{Path.Combine(_certificates.Folder, "ca.pem")}' }}\n");
        return Options(yaml.ToString());
    }

    private WebFile File(RegistryOptions options) => Client(options).File(new Uri(_web.Url, Place));

    private static Task<Descriptor> DescribeAsync(WebFile file) =>
        file.ReadAsync((one, token) => one.ResolveAsync(Digest.Of(Content).ToString(), token), CancellationToken.None);

    private static Task<byte[]> PullAsync(WebFile file) =>
        PullAsync(file, new Descriptor(MediaTypes.AnyContent, Digest.Of(Content), Content.Length));

    private static Task<byte[]> PullAsync(WebFile file, Descriptor target)
    {
        var kept = new MemoryStream();
        return file.ReadAsync(
            async (one, token) =>
            {
                await using var body = await one.FetchAsync(target, kept.Length, token);
                await body.CopyToAsync(kept, token);
                return kept.ToArray();
            },
            CancellationToken.None
        );
    }
}
