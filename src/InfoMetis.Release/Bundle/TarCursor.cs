namespace InfoMetis.Release.Bundle;

/// <summary>A place in a tar that is being unpacked.</summary>
/// <param name="at">The byte of the tar that the stream begins with.</param>
internal sealed class TarCursor(PackedArchive packed, Stream stream, long at) : IDisposable
{
    private const int PassedAtATime = 128 << 10;

    public long At { get; private set; } = at;

    /// <summary>Unpacks what comes before a byte, for nothing.</summary>
    public void Pass(long offset, CancellationToken cancellationToken)
    {
        var buffer = At < offset ? new byte[Math.Min(offset - At, PassedAtATime)] : [];
        while (At < offset)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - At)));
        }
    }

    /// <summary>Some of the bytes that come next; there must be some.</summary>
    public int Read(Span<byte> buffer)
    {
        try
        {
            var read = stream.Read(buffer);
            At += read;
            return read > 0
                ? read
                : throw packed.Broken($"it ends after {At:N0} bytes of its tar, before its last member");
        }
        catch (InvalidDataException exception)
        {
            throw packed.Broken(exception.Message);
        }
    }

    public void Dispose() => stream.Dispose();
}

/// <summary>A member, or what is left of one, read from a place in the tar on.</summary>
/// <param name="giveBack">Takes the place when nobody reads from it any more.</param>
internal sealed class TarStretch(TarCursor cursor, long length, Action<TarCursor> giveBack) : ForwardStream
{
    private long _left = length;
    private bool _isClosed;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var wanted = (int)Math.Min(buffer.Length, _left);
        var read = wanted == 0 ? 0 : cursor.Read(buffer[..wanted]);
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        // Whoever verifies a stream closes it, and so may whoever opened it; the place is given back once.
        if (disposing && !Interlocked.Exchange(ref _isClosed, true))
            giveBack(cursor);
        base.Dispose(disposing);
    }
}
