namespace InfoMetis.Release.Bundle;

/// <summary>Gives an inflater only so much that it cannot come to the end of its input before some content is out.</summary>
internal sealed class MeasuredInput(PackedBytes packed) : Stream
{
    /// <summary>No bit of deflate stands for more than this lets a byte stand for.</summary>
    private const long MostContentOfAByte = 1032;

    /// <summary>How much content is still to come, at the least.</summary>
    public long Sure { get; set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var here = await packed.PeekAsync(cancellationToken);
        var count = (int)Math.Min(Math.Clamp(Sure / MostContentOfAByte, 1, buffer.Length), here.Length);
        here[..count].CopyTo(buffer);
        packed.Take(count);
        // All of it may come out before more is asked for.
        Sure = Math.Max(0, Sure - (count * MostContentOfAByte));
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
