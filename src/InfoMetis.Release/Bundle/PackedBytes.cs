using System.Buffers;
using System.IO.Pipelines;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>The archive as it lies, from its first piece to its last: looked at where it is in memory, never copied.</summary>
internal sealed class PackedBytes(PipeReader reader, string archive)
{
    private ReadOnlySequence<byte> _here;
    private bool _isRead;

    /// <summary>How many bytes were taken.</summary>
    public long Position { get; private set; }

    /// <summary>Some of the bytes that come next; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(CancellationToken cancellationToken)
    {
        while (_here.IsEmpty)
        {
            if (_isRead)
                reader.AdvanceTo(_here.End);
            var result = await reader.ReadAsync(cancellationToken);
            (_here, _isRead) = (result.Buffer, true);
            if (result.IsCompleted && _here.IsEmpty)
                break;
        }
        return _here.First;
    }

    public void Take(int count)
    {
        _here = _here.Slice(count);
        Position += count;
    }

    /// <summary>The next bytes as far as there are so many.</summary>
    public async ValueTask<byte[]> ReadUpToAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count && await PeekAsync(cancellationToken) is { IsEmpty: false } here)
        {
            var piece = here[..Math.Min(here.Length, count - length)];
            piece.CopyTo(bytes.AsMemory(length));
            Take(piece.Length);
            length += piece.Length;
        }
        return length == count ? bytes : bytes[..length];
    }

    /// <exception cref="ReleaseException">There are fewer.</exception>
    public async ValueTask<byte[]> ReadAsync(int count, CancellationToken cancellationToken) =>
        await ReadUpToAsync(count, cancellationToken) is var bytes && bytes.Length == count ? bytes : throw Short();

    public ReleaseException Short() => Broken("it ends too early");

    public ReleaseException Broken(string reason) => new(Message.ArchiveBroken(archive, Position, reason));
}
