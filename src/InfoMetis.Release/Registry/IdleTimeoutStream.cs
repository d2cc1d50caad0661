using System.Runtime.CompilerServices;

namespace InfoMetis.Release.Registry;

/// <summary>Limits how long each read may bring nothing. One timer and one token source serve every read.</summary>
internal sealed class IdleTimeoutStream : ReadOnlyBody
{
    private readonly Stream _inner;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;

    public IdleTimeoutStream(Stream inner, TimeSpan limit, TimeProvider clock)
    {
        _inner = inner;
        _limit = limit;
        _timer = clock.CreateTimer(
            static state => ((IdleTimeoutStream)state!).Expire(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        var registration = cancellationToken.UnsafeRegister(
            static state => ((CancellationTokenSource)state!).Cancel(),
            _stop
        );
        try
        {
            return await _inner.ReadAsync(buffer, _stop.Token);
        }
        catch (OperationCanceledException exception) when (_stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IdleTimeoutException(_limit, exception);
        }
        finally
        {
            await registration.DisposeAsync();
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer.Dispose();
            _inner.Dispose();
            _stop.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Expire() => _stop.Cancel();
}
