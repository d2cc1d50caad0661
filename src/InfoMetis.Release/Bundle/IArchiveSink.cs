namespace InfoMetis.Release.Bundle;

/// <summary>Where the bytes of an archive go, in their order: into files, or against those of another.</summary>
internal interface IArchiveSink
{
    void Write(ReadOnlySpan<byte> bytes);
}
