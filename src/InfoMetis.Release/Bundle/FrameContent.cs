namespace InfoMetis.Release.Bundle;

/// <summary>The bytes of one frame before it is packed, read once from front to back.</summary>
internal sealed class FrameContent : IDisposable
{
    private readonly Queue<(Stream Stream, long Length)> _rest = new();
    private readonly List<Stream> _opened = [];
    private long _leftOfFirst;

    public void Add(Stream stream, long length)
    {
        _opened.Add(stream);
        _rest.Enqueue((stream, length));
        if (_rest.Count == 1)
            _leftOfFirst = length;
    }

    /// <summary>Fills all of a buffer.</summary>
    /// <exception cref="EndOfStreamException">A file is shorter than it was.</exception>
    public void Fill(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var piece = buffer[..(int)Math.Min(buffer.Length, _leftOfFirst)];
            _rest.Peek().Stream.ReadExactly(piece);
            buffer = buffer[piece.Length..];
            _leftOfFirst -= piece.Length;
            if (_leftOfFirst > 0)
                continue;
            _rest.Dequeue();
            _leftOfFirst = _rest.TryPeek(out var next) ? next.Length : 0;
        }
    }

    public void Dispose()
    {
        foreach (var stream in _opened)
            stream.Dispose();
    }
}
