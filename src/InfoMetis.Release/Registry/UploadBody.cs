using System.Buffers;
using System.Net;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Registry;

/// <summary>
/// A blob on its way to a registry, read anew whenever it is sent anew. It is held against its digest as it goes: what is damaged
/// here never arrives whole there.
/// </summary>
/// <param name="open">Opens its content from the start on.</param>
/// <param name="sent">Told how many of its bytes have gone.</param>
internal sealed class UploadBody(Descriptor content, Func<CancellationToken, Task<Stream>> open, Action<long> sent)
    : HttpContent
{
    private const int PieceSize = 256 << 10;

    public long Size => content.Size;

    /// <summary>Called for each piece that the connection took.</summary>
    public Action Moved { get; set; } = static () => { };

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await using var verified = new VerifyingStream(await open(cancellationToken), content);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var total = 0L;
            int read;
            while ((read = await ReadAsync(verified, buffer, cancellationToken)) > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                Moved();
                sent(total += read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Size;
        return true;
    }

    /// <summary>A disk that does not hand its bytes out must not be taken for a connection that breaks.</summary>
    private async ValueTask<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new ReleaseException(
                Message.ContentUnreadable(content.Digest.ToString(), "its source", exception.Message),
                exception
            );
        }
    }
}
