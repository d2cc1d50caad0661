namespace InfoMetis.Release.EndToEnd.Publishing;

/// <summary>What was trimmed away is missed only when it is asked for; so everything that imrel does is done here.</summary>
public sealed class The_published_file_on_a_bare_host(BareHost host) : IClassFixture<BareHost>
{
    /// <summary>The registry is imrel serve; every line that is read makes the next one possible, so nothing waits for time.</summary>
    private const string ServeAndAsk = $$"""
        set -eu
        mkfifo /said
        imrel serve {{BareHost.Bundle}} --listen 127.0.0.1:5000 >/said 2>&1 &
        {
            while read -r line; do
                case $line in *"to read only: "*) break ;; esac
            done
            wget -q -O - http://127.0.0.1:5000/v2/_catalog
            kill $!
            cat >/dev/null
        } </said
        rm /said
        """;

    [BareHostFact]
    public async Task Has_nothing_of_NET_there_and_no_network()
    {
        var files = await host.RunAsync(
            "find",
            "/",
            "-xdev",
            "-name",
            "*.dll",
            "-o",
            "-name",
            "*dotnet*",
            "-o",
            "-name",
            "*icu*"
        );
        var interfaces = await host.RunAsync("grep", "-c", ":", "/proc/net/dev");

        files.Output.ShouldBeEmpty();
        interfaces.Output.ShouldBe("1\n");
    }

    [BareHostFact]
    public void Does_the_whole_job_and_refuses_what_is_wrong()
    {
        host.Demo.ExitCode.ShouldBe(0, host.Demo.Output + host.Demo.Error);
        foreach (
            var said in new[] { "24 images", "fits k0s v1.23.17+k0s.1", "installed and proved", "IMR5104", "IMR5202" }
        )
            host.Demo.Output.ShouldContain(said);
    }

    [BareHostFact]
    public void Leaves_nothing_where_it_was_not_told_to()
    {
        Directory.GetFileSystemEntries(host.PathOf("tmp")).ShouldBeEmpty();
        Directory
            .GetFileSystemEntries(host.PathOf("/"))
            .ShouldNotContain(path => Path.GetFileName(path).StartsWith('.'));
    }

    [BareHostTheory]
    [InlineData("--version", "+")]
    [InlineData("--help", "imrel check releases/v0.5.0.yaml")]
    [InlineData("check /demo/release.yaml --format json", "\"exitCode\": 0")]
    [InlineData("check /demo/release.yaml --format sarif", "2.1.0")]
    [InlineData("check /demo/release.yaml --matrix", "fits v1.23.17+k0s.1")]
    [InlineData("images /demo/release.yaml --stack basic", "docker.io/")]
    [InlineData("k0s diff v1.23.17+k0s.1 v1.24.17+k0s.0", "component kubernetes: 1.23.17 -> 1.24.17")]
    [InlineData("explain IMR2003", "# IMR2003")]
    [InlineData("store verify --store /demo/store", "all sound")]
    [InlineData("inspect " + BareHost.Bundle, "infometis 0.5.0")]
    [InlineData("inspect " + BareHost.Bundle + " --format json", "\"images\"")]
    [InlineData("verify " + BareHost.Bundle + " --key /demo/release.pub --format json", "\"exitCode\": 0")]
    [InlineData("extract " + BareHost.Bundle + " --images kafka --output /demo/kafka.tar", "every byte held")]
    [InlineData("pull /demo/release.yaml --from oci:/demo/store --store /demo/second", "24 images")]
    public async Task Answers(string arguments, string text)
    {
        var finished = await host.RunAsync(["imrel", .. arguments.Split(' ')]);

        finished.ExitCode.ShouldBe(0, finished.Error);
        (finished.Output + finished.Error).ShouldContain(text);
    }

    [BareHostFact]
    public async Task Serves_a_bundle_as_a_registry()
    {
        var finished = await host.RunAsync("sh", "-c", ServeAndAsk);

        finished.ExitCode.ShouldBe(0, finished.Error);
        finished.Output.ShouldContain("\"docker.io/confluentinc/cp-kafka\"");
    }
}
