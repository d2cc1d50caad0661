using System.Globalization;
using System.Net.Sockets;
using System.Text;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Serving;

/// <summary>Requests as no client library would send them, byte by byte.</summary>
public sealed class Requests_that_mean_harm : IAsyncLifetime, IDisposable
{
    private static readonly Sample Config = Sample.Of("{}", "application/vnd.oci.image.config.v1+json");
    private static readonly Sample Manifest = Sample.Manifest(Config);

    private readonly TemporaryFolder _folder = new();
    private Served? _served;

    public async Task InitializeAsync()
    {
        NamedLayout.Write(_folder.Path, [("r.io/team/app:1", Manifest)], [Config, Manifest]);
        _served = await Served.StartAsync(_folder.Path);
    }

    public async Task DisposeAsync() => await _served!.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Targets =>
        [
            "/../oci-layout",
            "/v2/../../etc/passwd",
            "/v2/%2e%2e/%2e%2e/manifests/1",
            "/v2/team/../team/app/manifests/1",
            "/v2/./team/app/manifests/1",
            "/v2/team/app/blobs/../index.json",
            "/v2/team/app/blobs/..%2findex.json",
            "/v2/team/app/blobs/sha256:..%2f..%2findex.json",
            $"/v2/team/app/blobs/sha256:{new string('.', 64)}",
            $"/v2/team/app/blobs/sha256:{new string('a', 63)}",
            $"/v2/team/app/blobs/sha256:{new string('a', 4000)}",
            $"/v2/team/app/blobs/sha256:{new string('a', 20_000)}",
            $"/v2/{string.Join('/', Enumerable.Repeat("a", 3000))}/tags/list",
            "/v2/team%2fapp/manifests/1",
            "/v2/team%5capp/manifests/1",
            "/v2/team\\app/manifests/1",
            "/v2/%74eam/app/manifests/1",
            "/v2/team/app/manifests/%31",
            "/v2/team/app/manifests/1%00",
            "/v2/team/app/manifests/..",
            "/v2/team/app%0d%0aX:%20y/manifests/1",
            "/v2/team/app/manifests/1/",
            "//v2/team/app/manifests/1",
            "/V2/team/app/manifests/1",
            "/v2/team/app/manifests/1#x",
            "/v2/tëam/app/manifests/1",
            "*",
            "v2/",
        ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Get_nothing_but_a_refusal(string target)
    {
        var (status, body) = await AskAsync($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        status.ShouldBeInRange(400, 499, body);
        body.ShouldNotContain("imageLayoutVersion");
        body.ShouldNotContain("schemaVersion");
    }

    [Theory]
    [InlineData("PUT /v2/team/app/manifests/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 405)]
    [InlineData("BREW /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("GET /v2/ HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v2/\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task Are_answered_where_they_are_no_requests_for_images(string request, int status) =>
        (await AskAsync(request)).Status.ShouldBe(status);

    [Fact]
    public async Task Leave_the_server_as_it_was()
    {
        foreach (var target in (IEnumerable<object[]>)Targets)
            await Get_nothing_but_a_refusal((string)target[0]);
        (await _served!.BytesAsync("/v2/team/app/manifests/1")).ShouldBe(Manifest.Bytes);
    }

    private async Task<(int Status, string Body)> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_served!.Url.Host, _served.Url.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var first = await reader.ReadLineAsync() ?? "";
        var body = new StringBuilder();
        // Up to the end of the answer; where the request had a body to come, the connection stays open.
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            body.Append(line).Append('\n');
        if (body.ToString().Contains("Connection: close", StringComparison.Ordinal))
            body.Append(await reader.ReadToEndAsync());
        return (int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture), body.ToString());
    }
}
