using InfoMetis.Release.Tar;

namespace InfoMetis.Release.Bundle;

/// <summary>One frame: a stretch of the tar that is packed by itself.</summary>
internal readonly record struct ArchiveFrame(int Number, long Start, long Length, bool IsStored);

/// <summary>Every byte of the tar, in order, before anything is written; and how it is cut into frames.</summary>
internal sealed class ArchivePlan
{
    private static readonly byte[] End = new byte[2 * TarHeader.Length];

    private readonly DateTimeOffset _modified;
    private readonly List<ArchivePiece> _pieces = [];
    private readonly List<long> _starts = [];
    private readonly List<(long Start, string Name)> _members = [];
    private readonly FrameCutter _cutter = new();

    public ArchivePlan(DateTimeOffset modified) => _modified = modified;

    public long Length { get; private set; }

    public IReadOnlyList<ArchiveFrame> Frames => _cutter.Frames;

    /// <summary>Lets the next member begin a frame.</summary>
    public void Break() => _cutter.Break();

    /// <summary>A whole file.</summary>
    /// <returns>The number of the frame in which its first byte lies, and the place of that byte.</returns>
    public (int Frame, long Offset) Add(string name, int mode, ArchivePiece content, bool isStored)
    {
        var before = Length;
        _members.Add((before, name));
        Put(new ArchivePiece.InMemory(TarHeader.Of(name, content.Length, mode, _modified)));
        var offset = Length;
        if (content.Length > 0)
            Put(content);
        if (TarHeader.Padded(content.Length) - content.Length is > 0 and var padding)
            Put(new ArchivePiece.InMemory(new byte[padding]));
        return (_cutter.Add(Length - before, isStored), offset);
    }

    /// <summary>The header of a file whose content is what is added until it is closed.</summary>
    public void Open(string name, int mode, long size)
    {
        _members.Add((Length, name));
        Put(new ArchivePiece.InMemory(TarHeader.Of(name, size, mode, _modified)));
        _cutter.Add(TarHeader.Length, isStored: false);
    }

    /// <summary>The two blocks that end a tar.</summary>
    public void Close()
    {
        Put(new ArchivePiece.InMemory(End));
        _cutter.Add(End.Length, isStored: false);
    }

    /// <summary>What some byte of the tar belongs to.</summary>
    public string MemberAt(long offset) => _members.Last(member => member.Start <= offset).Name;

    /// <summary>The pieces, or parts of pieces, that a frame consists of.</summary>
    public async Task<FrameContent> OpenAsync(ArchiveFrame frame, CancellationToken cancellationToken)
    {
        var content = new FrameContent();
        var at = _starts.BinarySearch(frame.Start) is >= 0 and var exact
            ? exact
            : ~_starts.BinarySearch(frame.Start) - 1;
        for (; at < _pieces.Count && _starts[at] < frame.Start + frame.Length; at++)
        {
            var skipped = Math.Max(0, frame.Start - _starts[at]);
            var length = Math.Min(_pieces[at].Length, frame.Start + frame.Length - _starts[at]) - skipped;
            content.Add(await _pieces[at].OpenAsync(skipped, cancellationToken), length);
        }
        return content;
    }

    private void Put(ArchivePiece piece)
    {
        _starts.Add(Length);
        _pieces.Add(piece);
        Length += piece.Length;
    }
}
