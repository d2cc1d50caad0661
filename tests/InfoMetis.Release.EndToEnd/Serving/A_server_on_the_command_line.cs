using System.Net;
using System.Net.Sockets;
using System.Text;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Pull;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Serving;

public sealed class A_server_on_the_command_line : IDisposable
{
    private readonly Site _site = new();
    private readonly MadeImage _image;

    public A_server_on_the_command_line()
    {
        var maker = new ImageMaker(1, Dialect.Oci);
        _image = maker.Image("linux/amd64", maker.Layer(40_000), maker.Layer(8_000_000));
        LaidOut.Write(_site, _image, "docker.io/team/app:1");
    }

    public void Dispose() => _site.Dispose();

    private Run Serve(params string[] more) => _site.Imrel(["serve", _site.Scratch.PathOf("layout"), .. more]);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Has_done_its_work_when_a_signal_ends_it(string signal)
    {
        using var server = await ServeProcess.StartAsync(Serve("--report", _site.Scratch.PathOf("report.json")));
        using var http = new HttpClient();
        await http.GetByteArrayAsync(new Uri(server.Url, "/v2/team/app/manifests/1"));

        await server.Running.SignalAsync(signal);

        var ended = await server.Running.EndAsync(Site.Limit);
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Error.ShouldContain("served 1 requests");
        (await File.ReadAllTextAsync(_site.Scratch.PathOf("report.json"))).ShouldContain("\"requests\": 1");
    }

    [Fact]
    public async Task Ends_also_while_a_client_does_not_read()
    {
        using var server = await ServeProcess.StartAsync(Serve());
        using var idle = new TcpClient { ReceiveBufferSize = 1024 };
        await idle.ConnectAsync(server.Url.Host, server.Url.Port);
        var ask = $"GET /v2/team/app/blobs/{_image.Blobs[^1].Digest} HTTP/1.1\r\nHost: x\r\n\r\n";
        await idle.GetStream().WriteAsync(Encoding.ASCII.GetBytes(ask));
        idle.GetStream().ReadByte();

        await server.Running.SignalAsync("TERM");

        (await server.Running.EndAsync(Site.Limit)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Says_that_it_listens_on_this_machine_alone()
    {
        using var server = await ServeProcess.StartAsync(Serve());

        server.Url.Host.ShouldBe("127.0.0.1");
        server.Running.Text.ShouldContain("to this machine alone");
        server.Running.Text.ShouldNotContain("IMR6033");
    }

    [Fact]
    public async Task Warns_where_others_reach_it_without_TLS()
    {
        using var running = Serve("--listen", "0.0.0.0:0").Start();

        // They come by two pipes, and either may be first.
        await running.LineAsync(said => said.Contains("capabilities", StringComparison.Ordinal), Site.Limit);
        await running.LineAsync(said => said.Contains("to whoever reaches it", StringComparison.Ordinal), Site.Limit);

        running.Text.ShouldContain("IMR6033");
        running.Text.ShouldNotContain("server = \"http://0.0.0.0");
    }

    [Fact]
    public async Task Is_refused_a_port_that_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var ended = await Serve("--listen", taken.LocalEndpoint.ToString()!).ToEndAsync();

        ended.ExitCode.ShouldBe(40);
        ended.Error.ShouldContain("IMR6031");
        ended.Error.ShouldContain(taken.LocalEndpoint.ToString()!);
        ended.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--listen", "5000")]
    [InlineData("--listen", "::1:5000")]
    [InlineData("--listen", "registry.example:5000")]
    [InlineData("--listen", "127.0.0.1:65536")]
    [InlineData("--listen", "127.1:5000")]
    [InlineData("--tls", "one.pem")]
    public async Task Does_not_guess_what_is_meant(string option, string value) =>
        (await Serve(option, value).ToEndAsync()).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Refuses_a_certificate_that_is_none()
    {
        var ended = await Serve("--tls", $"{_site.Scratch.Write("a", "x")},{_site.Scratch.Write("b", "y")}")
            .ToEndAsync();

        ended.ExitCode.ShouldBe(40);
        ended.Error.ShouldContain("IMR6032");
    }

    [Fact]
    public async Task Refuses_to_start_where_it_is_to_verify_and_something_is_damaged()
    {
        var blob = _site.Scratch.PathOf("layout", "blobs", "sha256", _image.Blobs[^1].Digest.Hex);
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes);

        var ended = await Serve("--verify", "--listen", "127.0.0.1:0").ToEndAsync();

        ended.ExitCode.ShouldBe(30);
        ended.Error.ShouldContain("IMR4003");
    }

    [Fact]
    public async Task Tells_of_damage_that_it_met_and_ends_with_30()
    {
        var blob = _site.Scratch.PathOf("layout", "blobs", "sha256", _image.Blobs[^1].Digest.Hex);
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes);
        using var server = await ServeProcess.StartAsync(Serve());
        using var http = new HttpClient();

        await Should.ThrowAsync<HttpRequestException>(() =>
            http.GetByteArrayAsync(new Uri(server.Url, $"/v2/team/app/blobs/{_image.Blobs[^1].Digest}"))
        );

        await server.Running.LineAsync(said => said.Contains("IMR4003", StringComparison.Ordinal), Site.Limit);
        await server.Running.SignalAsync("TERM");
        (await server.Running.EndAsync(Site.Limit)).ExitCode.ShouldBe(30);
    }

    [Theory]
    [InlineData("text", " GET /v2/ 200 2 B in ")]
    [InlineData("json", "\"method\":\"GET\",\"target\":\"/v2/\",\"status\":200,\"bytes\":2")]
    public async Task Writes_a_line_for_each_request_where_that_is_wanted(string format, string line)
    {
        using var server = await ServeProcess.StartAsync(Serve("--verbose", "--log-format", format));
        using var http = new HttpClient();

        await http.GetByteArrayAsync(new Uri(server.Url, "/v2/"));

        await server.Running.LineAsync(said => said.Contains(line, StringComparison.Ordinal), Site.Limit);
    }
}
