using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_registry_that_refuses : RegistryTest
{
    [Theory]
    [InlineData(404, Codes.RegistryNotFound, ExitCode.RegistrySaidNo)]
    [InlineData(401, Codes.RegistryUnauthorized, ExitCode.RegistrySaidNo)]
    [InlineData(403, Codes.RegistryForbidden, ExitCode.RegistrySaidNo)]
    [InlineData(400, Codes.RegistryRefused, ExitCode.RegistrySaidNo)]
    [InlineData(410, Codes.RegistryRefused, ExitCode.RegistrySaidNo)]
    [InlineData(501, Codes.RegistryUnavailable, ExitCode.RegistryNotAsked)]
    [InlineData(204, Codes.BadAnswer, ExitCode.RegistryNotAsked)]
    public async Task For_good_is_asked_once(int status, string code, ExitCode exitCode)
    {
        Registry.Always("/manifests/", Nasty.Status(status));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(code);
        ExitCodes.Of(finding.Code).ShouldBe(exitCode);
        Registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task For_now_is_asked_again(int status)
    {
        var expected = Registry.Add(
            Repository,
            Samples.Manifest(),
            "application/vnd.oci.image.manifest.v1+json",
            "1.0"
        );
        Registry.Next("/manifests/", Nasty.Status(status), Nasty.Status(status));
        (await Source().ResolveAsync("1.0", CancellationToken.None)).Digest.ShouldBe(expected.Digest);
        Registry.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(429, Codes.TooManyRequests)]
    [InlineData(500, Codes.RegistryUnavailable)]
    public async Task For_too_long_could_not_be_asked(int status, string code)
    {
        Registry.Always("/manifests/", Nasty.Status(status));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(code);
        ExitCodes.Of(finding.Code).ShouldBe(ExitCode.RegistryNotAsked);
        Registry.Requests.Count.ShouldBe(new RetryPolicy().Attempts);
    }

    [Fact]
    public async Task Is_asked_at_growing_intervals()
    {
        Registry.Always("/manifests/", Nasty.Status(500));
        await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        Clock.Waits.Select(wait => wait.TotalSeconds).ShouldBe([0.5, 1, 2, 4, 8]);
    }

    [Fact]
    public async Task Is_quoted_with_all_that_helps()
    {
        Registry.Always("/manifests/", Nasty.Status(503, "UNAVAILABLE"));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Subject.ShouldBe($"{Registry.Host}/{Repository}");
        finding.Fact.ShouldStartWith(
            $"GET http://{Registry.Host}/v2/{Repository}/manifests/1.0 was answered 503 UNAVAILABLE: "
        );
        finding.Fact.ShouldEndWith("; tried 6 times");
        finding.Hint.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("lower_case")]
    [InlineData("A_CODE_THAT_IS_LONGER_THAN_ANY_CODE_SHOULD_EVER_BE")]
    public async Task Is_not_quoted_where_its_code_is_none(string code)
    {
        Registry.Always("/manifests/", Nasty.Status(404, code));
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Fact.ShouldNotContain(code);
    }

    [Fact]
    public async Task May_send_an_endless_error_page()
    {
        Registry.Next(
            "/manifests/",
            context =>
            {
                context.Response.StatusCode = 404;
                return Nasty.Endless("text/html")(context);
            }
        );
        var finding = await FailureOf(() => Source().ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RegistryNotFound);
    }

    [Fact]
    public async Task Is_not_reached_where_nobody_listens()
    {
        var gone = await FakeRegistry.StartAsync();
        var host = gone.Host;
        await gone.DisposeAsync();
        var finding = await FailureOf(() => Source(Options(), host).ResolveAsync("1.0", CancellationToken.None));
        finding.Code.ShouldBe(Codes.RegistryUnreachable);
        finding.Fact.ShouldContain("refused");
        finding.Fact.ShouldEndWith("; tried 6 times");
    }

    [Fact]
    public async Task Is_left_at_once_when_the_user_stops()
    {
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        var until = new TaskCompletionSource();
        Registry.Next("/manifests/", Nasty.Silence(arrived, until.Task));
        var pending = Source().ResolveAsync("1.0", stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => pending);
        until.SetResult();
    }
}
