using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace InfoMetis.Release.Bundle;

/// <summary>
/// Members of gzip. The runtime's reader does not tell where a member ends, so it is never given more than what
/// surely belongs to the member, as far as its content is known: at the end, byte after byte.
/// </summary>
internal sealed class GzipUnpacker(PackedBytes packed) : IUnpacker
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;
    private const int BufferSize = 128 << 10;

    /// <summary>Deflate, nothing beside it, and no time.</summary>
    private static readonly byte[] Start = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0];

    private readonly byte[] _content = ArrayPool<byte>.Shared.Rent(BufferSize);
    private MeasuredInput? _input;
    private DeflateStream? _inflater;
    private ReadOnlyMemory<byte> _unread;
    private Crc32 _crc;
    private uint _length;

    public CompressionKind Kind => CompressionKind.Gzip;
    public bool IsStored { get; private set; }

    public async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        var header = await packed.ReadUpToAsync(HeaderLength, cancellationToken);
        if (header.Length == 0)
            return false;
        // What follows, a hint of the level and the system, is free.
        if (header.Length < HeaderLength || !header.AsSpan(0, Start.Length).SequenceEqual(Start))
            throw packed.Broken("a gzip member has a header of another form than a bundle's");
        var here = await packed.PeekAsync(cancellationToken);
        IsStored = !here.IsEmpty && (here.Span[0] & 0b110) == 0;
        (_crc, _length) = (default, 0);
        if (_inflater is not null)
            await _inflater.DisposeAsync();
        _input = new MeasuredInput(packed);
        _inflater = new DeflateStream(_input, CompressionMode.Decompress);
        return true;
    }

    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(long sure, CancellationToken cancellationToken)
    {
        if (!_unread.IsEmpty)
            return _unread;
        _input!.Sure = sure;
        try
        {
            var count = await _inflater!.ReadAsync(
                _content.AsMemory(0, (int)Math.Min(sure, BufferSize)),
                cancellationToken
            );
            _unread = _content.AsMemory(0, count);
        }
        catch (InvalidDataException exception)
        {
            throw packed.Broken($"a gzip member is broken: {exception.Message}");
        }
        _crc.Append(_unread.Span);
        _length += (uint)_unread.Length;
        if (_unread.IsEmpty)
            await EndAsync(cancellationToken);
        return _unread;
    }

    public void Take(int count) => _unread = _unread[count..];

    public ValueTask FinishAsync(IReadOnlyList<FrameSize> frames, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public void Dispose()
    {
        _inflater?.Dispose();
        _input?.Dispose();
        ArrayPool<byte>.Shared.Return(_content);
    }

    private async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var trailer = await packed.ReadAsync(TrailerLength, cancellationToken);
        if (
            BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc.Value
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(sizeof(uint))) != _length
        )
            throw packed.Broken("a gzip member does not unpack to what its checksum says");
    }
}
