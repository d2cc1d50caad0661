using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Oci;

/// <summary>
/// Reads through, and hashes on the way. The last piece is handed over only when the whole is right, so whoever has read
/// as many bytes as were declared has read the right ones; whoever reads on learns whether the source goes on, too.
/// </summary>
public class VerifyingStream(Stream inner, Descriptor expected) : Stream
{
    private readonly ContentCheck _check = new(expected);
    private bool _finished;
    private ReleaseException? _failure;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => expected.Size;

    public override long Position
    {
        get => _check.Received;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (!Prepare())
            return Excess(inner.ReadByte() < 0 ? 0 : 1);
        var piece = Bounded(buffer.Length);
        return Take(buffer[..inner.Read(buffer[..piece])]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        if (!Prepare())
            return Excess(await inner.ReadAsync(buffer[..1], cancellationToken).ConfigureAwait(false));
        var piece = Bounded(buffer.Length);
        var read = await inner.ReadAsync(buffer[..piece], cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span[..read]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Called once it is known that the content is not what was expected.</summary>
    protected virtual void OnWrong() { }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _check.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>Whether anything is left to read; what failed once fails again.</summary>
    private bool Prepare()
    {
        if (_failure is not null)
            throw new ReleaseException(_failure.Finding, _failure);
        if (_check.Remaining > 0)
            return true;
        if (!_finished)
            Finish();
        return false;
    }

    private int Bounded(int wanted) => (int)Math.Min(wanted, _check.Remaining);

    private int Take(Span<byte> piece)
    {
        _check.Append(piece);
        if (!piece.IsEmpty && _check.Remaining > 0)
            return piece.Length;
        try
        {
            Finish();
        }
        catch (ReleaseException)
        {
            piece.Clear();
            throw;
        }
        return piece.Length;
    }

    private int Excess(int read) =>
        read == 0 ? 0 : throw Fail(new(Message.ContentTooLong(expected.Digest.ToString(), expected.Size)));

    private void Finish()
    {
        try
        {
            _check.Finish();
            _finished = true;
        }
        catch (ReleaseException exception)
        {
            throw Fail(exception);
        }
    }

    private ReleaseException Fail(ReleaseException failure)
    {
        _failure = failure;
        OnWrong();
        return failure;
    }
}
