namespace InfoMetis.Release.Bundle;

/// <summary>Holds every byte that would be written against the archive that is there. Nothing is written.</summary>
internal sealed class ArchiveComparison(PackedArchive archive) : IArchiveSink
{
    private const int BufferSize = 256 << 10;

    private readonly Lock _noting = new();
    private long _end;

    /// <summary>The first byte that differs; null where none does.</summary>
    public long? Difference { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        var buffer = new byte[Math.Min(bytes.Length, BufferSize)];
        for (var at = 0; at < bytes.Length; )
        {
            var wanted = bytes.Slice(at, Math.Min(buffer.Length, bytes.Length - at));
            var there = buffer.AsSpan(0, archive.Read(buffer.AsSpan(0, wanted.Length), offset + at));
            var same = wanted.CommonPrefixLength(there);
            if (same < wanted.Length && (same < there.Length || there.IsEmpty))
            {
                Note(offset + at + same);
                break;
            }
            at += same;
        }
        lock (_noting)
            _end = Math.Max(_end, offset + bytes.Length);
    }

    /// <summary>Says that nothing more comes: what the archive has beyond it is a difference too.</summary>
    public void Finish()
    {
        if (archive.Length > _end)
            Note(_end);
    }

    private void Note(long offset)
    {
        lock (_noting)
            Difference = Math.Min(Difference ?? long.MaxValue, offset);
    }
}
