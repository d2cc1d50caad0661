namespace InfoMetis.Release.Bundle;

/// <summary>Some bytes of the archive, which can be read from any place within them on.</summary>
internal abstract record ArchivePiece(long Length)
{
    public abstract ValueTask<Stream> OpenAsync(long offset, CancellationToken cancellationToken);

    /// <summary>Bytes in hand.</summary>
    internal sealed record InMemory(ReadOnlyMemory<byte> Bytes) : ArchivePiece(Bytes.Length)
    {
        public override ValueTask<Stream> OpenAsync(long offset, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Stream>(new MemoryStream(Bytes[(int)offset..].ToArray(), writable: false));
    }

    /// <summary>Bytes that lie elsewhere, and are not verified here.</summary>
    internal sealed record Elsewhere(long Length, ContentOpener Opener) : ArchivePiece(Length)
    {
        public override async ValueTask<Stream> OpenAsync(long offset, CancellationToken cancellationToken) =>
            await Opener(offset, cancellationToken);
    }
}

/// <summary>Opens some content, from an offset on.</summary>
internal delegate Task<Stream> ContentOpener(long offset, CancellationToken cancellationToken);
