using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class A_host_with_a_limit
{
    private readonly ManualTimeProvider _clock = new(skipped: TimeSpan.Zero);
    private readonly AdaptiveLimiter _limiter;

    public A_host_with_a_limit() => _limiter = new AdaptiveLimiter(8, 16, TimeSpan.FromMinutes(5), _clock);

    [Fact]
    public async Task Lets_no_more_in_than_its_limit()
    {
        var inside = await EnterAsync(8);
        var ninth = _limiter.EnterAsync(CancellationToken.None);
        ninth.IsCompleted.ShouldBeFalse();
        inside[0].Leave();
        (await ninth).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task Halves_once_however_many_are_refused_together()
    {
        foreach (var lease in await EnterAsync(8))
        {
            lease.PushBack(null);
            lease.Leave();
        }
        _limiter.Limit.ShouldBe(4);
    }

    [Fact]
    public async Task Halves_in_each_round_and_never_below_one()
    {
        for (var round = 0; round < 10; round++)
        {
            var lease = (await EnterAsync(1))[0];
            lease.PushBack(null);
            lease.Leave();
        }
        _limiter.Limit.ShouldBe(1);
    }

    [Fact]
    public async Task Rises_by_one_for_each_round_of_successes_up_to_its_most()
    {
        await SucceedAsync(9);
        _limiter.Limit.ShouldBe(9);
        await SucceedAsync(500);
        _limiter.Limit.ShouldBe(16);
    }

    [Fact]
    public async Task Does_not_rise_by_failures()
    {
        for (var i = 0; i < 100; i++)
            (await EnterAsync(1))[0].Fail();
        _limiter.Limit.ShouldBe(8);
    }

    [Fact]
    public async Task Lets_nobody_in_while_it_rests_and_everybody_after()
    {
        var lease = (await EnterAsync(1))[0];
        lease.PushBack(TimeSpan.FromSeconds(30));
        lease.Leave();
        var waiting = _limiter.EnterAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(29));
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await waiting).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task Sends_away_who_would_wait_too_long()
    {
        var lease = (await EnterAsync(1))[0];
        lease.PushBack(TimeSpan.FromHours(6));
        lease.Leave();
        var (turn, rest) = await _limiter.EnterAsync(CancellationToken.None);
        turn.ShouldBeNull();
        rest.ShouldBe(TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task Forgets_who_stops_waiting()
    {
        using var stop = new CancellationTokenSource();
        var inside = await EnterAsync(8);
        var stopped = _limiter.EnterAsync(stop.Token);
        var patient = _limiter.EnterAsync(CancellationToken.None);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);
        inside[0].Leave();
        (await patient).Lease.ShouldNotBeNull();
    }

    private async Task SucceedAsync(int times)
    {
        for (var i = 0; i < times; i++)
            (await EnterAsync(1))[0].Leave();
    }

    private async Task<List<AdaptiveLimiter.Lease>> EnterAsync(int count)
    {
        var leases = new List<AdaptiveLimiter.Lease>();
        for (var i = 0; i < count; i++)
            leases.Add((await _limiter.EnterAsync(CancellationToken.None)).Lease!);
        return leases;
    }
}
