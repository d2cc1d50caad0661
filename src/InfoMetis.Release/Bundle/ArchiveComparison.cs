namespace InfoMetis.Release.Bundle;

/// <summary>Holds every byte that would be written against the archive that is there. Nothing is written.</summary>
internal sealed class ArchiveComparison(PackedArchive archive) : IArchiveSink
{
    private readonly byte[] _buffer = new byte[256 << 10];
    private long _at;

    /// <summary>The first byte that differs; null where none does.</summary>
    public long? Difference { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (Difference is null && !bytes.IsEmpty)
        {
            var wanted = bytes[..Math.Min(bytes.Length, _buffer.Length)];
            var there = _buffer.AsSpan(0, archive.Read(_buffer.AsSpan(0, wanted.Length), _at));
            var same = wanted.CommonPrefixLength(there);
            _at += same;
            bytes = bytes[same..];
            if (same < there.Length || there.IsEmpty)
                Difference = _at;
        }
    }

    /// <summary>Says that nothing more comes: what the archive has beyond it is a difference too.</summary>
    public void Finish()
    {
        if (archive.Length > _at)
            Difference ??= _at;
    }
}
