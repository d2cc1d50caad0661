using System.Runtime.CompilerServices;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Content as it comes from a registry: exactly as long as its descriptor says, or a failure that says how much came. Reads go
/// straight into the caller's buffer.
/// </summary>
/// <param name="start">Where in the content the inner stream begins.</param>
/// <param name="held">What the caller has already; to bring it again is no progress.</param>
internal sealed class BodyStream(
    HttpResponseMessage response,
    Stream inner,
    Exchange exchange,
    long size,
    long start,
    long held
) : ReadOnlyBody
{
    private long _received = start;
    private bool _ended;

    private long Progress => Math.Max(0, _received - held);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.Length == 0)
            return 0;
        try
        {
            var length = await inner.ReadAsync(buffer, cancellationToken);
            return Count(length);
        }
        catch (Exception exception) when (TransportFaults.Is(exception, cancellationToken))
        {
            throw TransportFaults.InBody(exception, exchange, Progress, size).ToException();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            response.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Count(int length)
    {
        if (length > size - _received)
            throw new RegistryFault(e => Message.WrongSize(e, $"more than {size}", size), exchange).ToException();
        if (length == 0 && _received < size)
            throw new RegistryFault(e => Message.ShortBody(e, _received, size), exchange)
            {
                Received = Progress,
            }.ToException();
        _ended = length == 0;
        _received += length;
        return length;
    }
}
