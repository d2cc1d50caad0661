using System.Buffers;
using System.Buffers.Binary;

namespace InfoMetis.Release.Bundle;

/// <summary>Frames of zstd. A stored one is handed on where it lies in memory; the others go through libzstd.</summary>
internal sealed class ZstdUnpacker(PackedBytes packed) : IUnpacker
{
    private const int MagicLength = 4;
    private const int LargestPacked = 2 * (int)FrameCutter.LargestCompressed;
    private const long LargestWindow = 1L << ZstdDecompressor.LargestWindowLog;

    private readonly byte[] _content = ArrayPool<byte>.Shared.Rent(StoredBlocks.LargestBlock);
    private ZstdDecompressor? _decompressor;
    private StoredBlocks _blocks;
    private ReadOnlyMemory<byte> _unread;
    private byte[] _header = [];
    private byte[] _beyond = [];
    private long _start;
    private bool _isAtEnd;

    public CompressionKind Kind => CompressionKind.Zstd;
    public bool IsStored { get; private set; }

    public async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        _start = packed.Position;
        _beyond = await packed.ReadUpToAsync(MagicLength, cancellationToken);
        if (_beyond.Length < MagicLength || BinaryPrimitives.ReadUInt32LittleEndian(_beyond) != ZstdFrameHeader.Magic)
            return false;
        var descriptor = await packed.ReadAsync(ZstdFrameHeader.FixedLength - MagicLength, cancellationToken);
        if (ZstdFrameHeader.RestLength(descriptor[0]) is not { } length)
            throw packed.Broken("a frame has a header of an unknown form");
        var rest = await packed.ReadAsync(length, cancellationToken);
        var header = ZstdFrameHeader.Parse(descriptor[0], rest);
        if (header.Window > LargestWindow)
            throw packed.Broken($"a frame asks for a window of {header.Window:N0} bytes, more than {LargestWindow:N0}");
        if (header.ContentSize is 0 or > FrameCutter.LargestCompressed)
            throw packed.Broken($"a frame declares {header.ContentSize:N0} bytes of content");
        (_header, _isAtEnd, _blocks) = ([.. _beyond, .. descriptor, .. rest], false, default);
        IsStored = header.IsStored;
        if (IsStored)
            _blocks = new StoredBlocks(header.ContentSize!.Value);
        return true;
    }

    public ValueTask<ReadOnlyMemory<byte>> PeekAsync(long sure, CancellationToken cancellationToken) =>
        IsStored ? StoredAsync(cancellationToken) : CompressedAsync(cancellationToken);

    public void Take(int count)
    {
        if (IsStored)
        {
            packed.Take(count);
            _blocks.Take(count);
        }
        else
        {
            _unread = _unread[count..];
        }
    }

    public async ValueTask FinishAsync(IReadOnlyList<FrameSize> frames, CancellationToken cancellationToken)
    {
        var expected = SeekTable.Bytes(frames);
        byte[] found = [.. _beyond, .. await packed.ReadUpToAsync(expected.Length - _beyond.Length, cancellationToken)];
        if (!found.AsSpan().SequenceEqual(expected))
            throw packed.Broken("its table of frames does not agree with its frames");
    }

    public void Dispose()
    {
        _decompressor?.Dispose();
        ArrayPool<byte>.Shared.Return(_content);
    }

    private async ValueTask<ReadOnlyMemory<byte>> StoredAsync(CancellationToken cancellationToken)
    {
        if (_blocks.IsAtEnd)
            return default;
        if (
            _blocks.LeftOfBlock == 0
            && !_blocks.Enter(await packed.ReadAsync(StoredBlocks.HeaderLength, cancellationToken))
        )
            throw packed.Broken("a stored frame has a block that is not as it must be");
        var here = await packed.PeekAsync(cancellationToken);
        return here.IsEmpty ? throw packed.Short() : here[..Math.Min(here.Length, _blocks.LeftOfBlock)];
    }

    private async ValueTask<ReadOnlyMemory<byte>> CompressedAsync(CancellationToken cancellationToken)
    {
        while (_unread.IsEmpty && !_isAtEnd)
        {
            var isHeader = _header.Length > 0;
            var here = isHeader ? _header : await packed.PeekAsync(cancellationToken);
            if (here.IsEmpty)
                throw packed.Short();
            var progress = (_decompressor ??= new ZstdDecompressor()).Run(here.Span, _content);
            if (progress.Failure is { } failure)
                throw packed.Broken($"libzstd says: {failure}");
            if (isHeader)
                _header = _header[progress.Taken..];
            else
                packed.Take(progress.Taken);
            if (packed.Position - _start > LargestPacked)
                throw packed.Broken("a frame is larger than any frame of a bundle");
            (_unread, _isAtEnd) = (_content.AsMemory(0, progress.Put), progress.IsAtEnd);
        }
        return _unread;
    }
}
