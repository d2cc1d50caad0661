namespace InfoMetis.Release.Registry;

/// <summary>
/// How many requests one host gets at a time. It rises by one for each full round of successes and is halved, once a round,
/// when the host asks for fewer; while the host asks to be left alone it gets none.
/// </summary>
internal sealed class AdaptiveLimiter(int first, int most, TimeSpan longestRest, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<Lease>> _waiting = new();
    private double _limit = Math.Min(first, most);
    private int _running;
    private int _round;
    private DateTimeOffset _restUntil = DateTimeOffset.MinValue;
    private ITimer? _waking;

    public int Limit
    {
        get
        {
            lock (_lock)
                return (int)_limit;
        }
    }

    /// <summary>A turn at the host, or the rest it still wants where that is longer than anyone should wait.</summary>
    public async Task<(Lease? Lease, TimeSpan Pause)> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<Lease>> waiter;
        lock (_lock)
        {
            var rest = _restUntil - clock.GetUtcNow();
            if (rest > longestRest)
                return (null, rest);
            waiter = _waiting.AddLast(
                new TaskCompletionSource<Lease>(TaskCreationOptions.RunContinuationsAsynchronously)
            );
            Admit();
        }
        await using var registration = cancellationToken.UnsafeRegister(
            _ => Abandon(waiter, cancellationToken),
            state: null
        );
        return (await waiter.Value.Task, TimeSpan.Zero);
    }

    private void Abandon(LinkedListNode<TaskCompletionSource<Lease>> waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Whoever was admitted has left the list, and gives the turn back by its lease.
            if (waiter.List is null)
                return;
            _waiting.Remove(waiter);
        }
        waiter.Value.TrySetCanceled(cancellationToken);
    }

    private void Admit()
    {
        var rest = _restUntil - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            if (_waiting.Count > 0)
                WakeAfter(rest);
            return;
        }
        while (_running < (int)_limit && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _running++;
            next.Value.SetResult(new Lease(this, _round));
        }
    }

    private void WakeAfter(TimeSpan rest)
    {
        _waking ??= clock.CreateTimer(
            static state => ((AdaptiveLimiter)state!).Wake(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _waking.Change(rest, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (_lock)
            Admit();
    }

    private void PushBack(int round, TimeSpan? rest)
    {
        lock (_lock)
        {
            // Requests of the same round all meet the same refusal; it counts once.
            if (round == _round)
            {
                _limit = Math.Max(1, _limit / 2);
                _round++;
            }
            var until = clock.GetUtcNow() + (rest ?? TimeSpan.Zero);
            if (until > _restUntil)
                _restUntil = until;
        }
    }

    private void Leave(bool succeeded)
    {
        lock (_lock)
        {
            _running--;
            if (succeeded)
                _limit = Math.Min(most, _limit + 1 / _limit);
            Admit();
        }
    }

    /// <summary>One turn, to be given back once.</summary>
    internal sealed class Lease(AdaptiveLimiter limiter, int round)
    {
        private bool _refused;

        public void PushBack(TimeSpan? rest)
        {
            _refused = true;
            limiter.PushBack(round, rest);
        }

        public void Leave() => limiter.Leave(!_refused);

        public void Fail()
        {
            _refused = true;
            Leave();
        }
    }
}
