using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_connection_that_breaks : RegistryTest
{
    private static readonly byte[] Content = SomeBytes(500_000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(250_000)]
    [InlineData(499_999)]
    public async Task By_a_short_body_is_resumed_where_it_broke(int after)
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Cut(Content, after));
        (await PullAsync(Source(), blob)).ShouldBe(Content);
        Registry.Requests.Last().Range.ShouldBe(after == 0 ? null : $"bytes={after}-");
        Registry.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(77_777)]
    [InlineData(499_999)]
    public async Task By_a_reset_yields_every_byte(int after)
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Reset(Content, after));
        (await PullAsync(Source(), blob)).ShouldBe(Content);
        Registry.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_having_said_how_much_there_is_is_resumed()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Next("/blobs/", Nasty.WithoutLength(Content[..1000]));
        (await PullAsync(Source(), blob)).ShouldBe(Content);
        Registry.Requests.Last().Range.ShouldBe("bytes=1000-");
    }

    [Fact]
    public async Task Again_and_again_is_resumed_as_long_as_it_brings_more()
    {
        var content = SomeBytes(20 * 70_000);
        var blob = Registry.Add(Repository, content, Samples.Layer);
        Registry.Next("/blobs/", [.. Enumerable.Repeat(Nasty.Cut(content, 70_000), 19)]);
        (await PullAsync(Source(), blob)).ShouldBe(content);
        Registry.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Again_and_again_without_bringing_more_is_given_up()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Always("/blobs/", Nasty.Cut(Content, 0));
        var finding = await FailureOf(() => PullAsync(Source(), blob));
        finding.Code.ShouldBe(Codes.ShortBody);
        Registry.Requests.Count.ShouldBe(new RetryPolicy().Attempts);
    }

    [Fact]
    public async Task While_what_is_held_is_sent_again_brings_nothing_new()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        Registry.Next("/blobs/", Nasty.Cut(Content, 400_000));
        Registry.Always(
            "/blobs/",
            async context =>
            {
                context.Request.Headers.Range = default;
                await Nasty.Cut(Content, 200_000)(context);
            }
        );
        var finding = await FailureOf(() => PullAsync(Source(), blob));
        finding.Code.ShouldBe(Codes.ShortBody);
        // The first brought something; those after it count.
        Registry.Requests.Count.ShouldBe(new RetryPolicy().Attempts);
    }

    [Fact]
    public async Task By_saying_nothing_is_given_up_after_the_idle_timeout()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        var until = new TaskCompletionSource();
        Registry.Next("/blobs/", Nasty.Stall(Content, 10, until.Task));
        await using var body = await Source().Endpoints[0].FetchAsync(blob, 0, CancellationToken.None);
        var buffer = new byte[100];
        await body.ReadExactlyAsync(buffer.AsMemory(0, 10));
        var pending = body.ReadAsync(buffer).AsTask();
        Clock.Advance(Idle - TimeSpan.FromTicks(1));
        pending.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromTicks(1));
        var finding = await FailureOf(() => pending);
        finding.Code.ShouldBe(Codes.IdleTooLong);
        until.SetResult();
    }

    [Fact]
    public async Task By_saying_nothing_at_all_is_given_up_after_the_idle_timeout()
    {
        var arrived = new TaskCompletionSource();
        var until = new TaskCompletionSource();
        Registry.Next("/manifests/", Nasty.Silence(arrived, until.Task));
        var pending = Source().Endpoints[0].ResolveAsync("1.0", CancellationToken.None);
        await arrived.Task;
        Clock.Advance(Idle);
        var finding = await FailureOf(() => pending);
        finding.Code.ShouldBe(Codes.IdleTooLong);
        until.SetResult();
    }

    [Fact]
    public async Task By_saying_nothing_is_resumed()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        var until = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        Registry.Next("/blobs/", Nasty.Silence(arrived, until.Task));
        var pending = PullAsync(Source(), blob);
        await arrived.Task;
        Clock.Advance(Idle);
        (await pending).ShouldBe(Content);
        until.SetResult();
    }

    [Fact]
    public async Task By_the_wish_of_the_user_is_no_failure_of_the_registry()
    {
        var blob = Registry.Add(Repository, Content, Samples.Layer);
        var until = new TaskCompletionSource();
        Registry.Next("/blobs/", Nasty.Stall(Content, 10, until.Task));
        using var stop = new CancellationTokenSource();
        await using var body = await Source().FetchAsync(blob, 0, stop.Token);
        var buffer = new byte[100];
        await body.ReadExactlyAsync(buffer.AsMemory(0, 10), stop.Token);
        var pending = body.ReadAsync(buffer, stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => pending);
        until.SetResult();
    }
}
