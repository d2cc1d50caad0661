namespace InfoMetis.Release.Bundle;

/// <summary>Cuts the tar into frames, by the sizes of its members and by which of them are stored: docs/bundle.md, Frames.</summary>
internal sealed class FrameCutter
{
    public const long LargestStored = 4 << 20;
    public const long LargestCompressed = 32 << 20;

    private readonly List<ArchiveFrame> _frames = [];
    private bool _mustBegin = true;
    private long _at;

    public IReadOnlyList<ArchiveFrame> Frames => _frames;

    public void Break() => _mustBegin = true;

    /// <summary>Takes the next member, header and padding included.</summary>
    /// <returns>The number of the frame that the member begins in.</returns>
    public int Add(long length, bool isStored)
    {
        if (
            !_mustBegin
            && !isStored
            && _frames[^1] is { IsStored: false } last
            && last.Length + length <= LargestCompressed
        )
        {
            _frames[^1] = last with { Length = last.Length + length };
            _at += length;
            return last.Number;
        }
        var first = _frames.Count;
        var largest = isStored ? LargestStored : LargestCompressed;
        for (var left = length; left > 0; )
        {
            var piece = Math.Min(left, largest);
            _frames.Add(new ArchiveFrame(_frames.Count, _at, piece, isStored));
            _at += piece;
            left -= piece;
        }
        _mustBegin = false;
        return first;
    }
}
