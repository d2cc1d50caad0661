namespace InfoMetis.Release.Bundle;

/// <summary>Where the bytes of an archive go: into files, or against those of another.</summary>
internal interface IArchiveSink
{
    /// <summary>Called from many threads, in any order of places.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);
}
