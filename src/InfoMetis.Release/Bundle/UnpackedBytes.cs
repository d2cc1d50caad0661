using InfoMetis.Release.Messages;
using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>A frame as it was found.</summary>
internal readonly record struct SeenFrame(FrameSize Size, bool IsStored);

/// <summary>
/// The tar in an archive, from its first byte to its last, with a count of what was unpacked: it ends where a frame unpacks
/// to more than a frame may, and where all of it is more than the bundle declares.
/// </summary>
internal sealed class UnpackedBytes(PackedBytes packed, IUnpacker unpacker)
{
    private const int MostFrames = 1 << 20;

    private readonly List<SeenFrame> _frames = [];
    private bool _isInFrame;
    private long _packedStart;
    private long _start;

    /// <summary>How the tar should be cut, as far as it was read.</summary>
    public FrameCutter Plan { get; } = new();

    public long Position { get; private set; }

    /// <summary>What nothing that is unpacked may exceed.</summary>
    public required long Limit { get; set; }

    public CompressionKind Kind => unpacker.Kind;

    /// <summary>Whether the frame that is being read is a stored one.</summary>
    public bool IsStored => unpacker.IsStored;

    public IReadOnlyList<SeenFrame> Frames => _frames;

    /// <summary>Some of the bytes that come next, at the most as many as are wanted; empty at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(long wanted, CancellationToken cancellationToken)
    {
        while (_isInFrame || await BeginAsync(cancellationToken))
        {
            var here = await unpacker.PeekAsync(Sure(wanted), cancellationToken);
            if (!here.IsEmpty)
                return here.Length > wanted ? here[..(int)wanted] : here;
            EndFrame();
        }
        return default;
    }

    public void Take(int count)
    {
        unpacker.Take(count);
        Position += count;
        if (Position > Limit)
            throw packed.Broken($"it unpacks to more than the {Limit:N0} bytes it may have");
        if (unpacker.Kind is not CompressionKind.None && Position - _start > FrameCutter.LargestCompressed)
            throw packed.Broken($"a frame unpacks to more than {FrameCutter.LargestCompressed:N0} bytes");
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (!(await PeekAsync(1, cancellationToken)).IsEmpty)
            throw packed.Broken("more follows where its tar should end");
        await unpacker.FinishAsync([.. _frames.Select(frame => frame.Size)], cancellationToken);
        if (!(await packed.PeekAsync(cancellationToken)).IsEmpty)
            throw packed.Broken("more follows where it should end");
    }

    public ReleaseException Short() => packed.Short();

    private async ValueTask<bool> BeginAsync(CancellationToken cancellationToken)
    {
        (_packedStart, _start) = (packed.Position, Position);
        _isInFrame = await unpacker.BeginAsync(cancellationToken);
        return _isInFrame;
    }

    private void EndFrame()
    {
        _isInFrame = false;
        if (Position == _start)
            throw packed.Broken("a frame is empty");
        if (_frames.Count == MostFrames)
            throw packed.Broken($"it has more than {MostFrames:N0} frames");
        _frames.Add(new SeenFrame(new FrameSize(packed.Position - _packedStart, Position - _start), IsStored));
    }

    /// <summary>A header is no part of the plan before it is read; no frame divides one.</summary>
    private long Sure(long wanted)
    {
        var planned = _frames.Count < Plan.Frames.Count ? Plan.Frames[_frames.Count] : default;
        var left = planned.Start + planned.Length - Position;
        return Math.Min(wanted, left > 0 ? left : TarHeader.Length);
    }
}
