using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Store;

/// <summary>Hands its content out in pieces of the sizes given, over and over, and then ends or fails.</summary>
internal sealed class PiecemealStream(byte[] content, IReadOnlyList<int> sizes, Exception? end = null) : MemoryStream
{
    private int _at;
    private int _piece;

    public override int Read(Span<byte> buffer)
    {
        if (_at == content.Length)
            return end is null ? 0 : throw end;
        var wanted = sizes.Count == 0 ? buffer.Length : Math.Max(1, sizes[_piece++ % sizes.Count]);
        var length = Math.Min(Math.Min(wanted, buffer.Length), content.Length - _at);
        content.AsSpan(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }
}

/// <summary>A source that serves what it was given, and counts what it was asked for.</summary>
internal sealed class MemorySource(Func<Descriptor, long, Stream> fetch) : IImageSource
{
    private int _fetches;

    public int Fetches => _fetches;

    public Task<Descriptor> ResolveAsync(string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Stream> FetchAsync(Descriptor target, long offset, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        return Task.FromResult(fetch(target, offset));
    }

    public static MemorySource Of(params Sample[] samples) =>
        new(
            (target, offset) =>
                new MemoryStream(samples.First(s => s.Digest == target.Digest).Bytes[(int)offset..], writable: false)
        );
}
