using System.Buffers;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

/// <summary>
/// Gives content away, and nothing that is not what its digest says: the last piece of a whole is held back until all of it
/// hashed right, and a part is given only of what was read as a whole before.
/// </summary>
internal sealed class ContentAnswer(Answer answer, ServedContent content, Proofs proofs)
{
    private const int PieceSize = 128 << 10;

    public async Task WholeAsync(string mediaType)
    {
        proofs.RequireUndamaged(content.Digest);
        answer.Headers["Docker-Content-Digest"] = content.Digest.ToString();
        if (answer.IsHead)
        {
            answer.Begin(200, mediaType, content.Size);
            return;
        }
        await GuardAsync(async () =>
        {
            await using var stream = new VerifyingStream(await OpenAsync(offset: 0), content.Descriptor);
            await PassOnAsync(stream, content.Size, () => answer.Begin(200, mediaType, content.Size));
            proofs.Hold(content.Digest);
        });
    }

    public async Task PartAsync(string mediaType, ByteRange range)
    {
        await proofs.ProveAsync(content, answer.Gone);
        answer.Headers["Docker-Content-Digest"] = content.Digest.ToString();
        answer.Headers.ContentRange = $"bytes {range.From}-{range.From + range.Length - 1}/{content.Size}";
        await GuardAsync(async () =>
        {
            await using var stream = await OpenAsync(range.From);
            await PassOnAsync(stream, range.Length, () => answer.Begin(206, mediaType, range.Length));
        });
    }

    private async Task GuardAsync(Func<Task> give)
    {
        try
        {
            await give();
        }
        catch (ReleaseException exception)
        {
            proofs.Refuse(content.Digest, exception);
            throw;
        }
        catch (IOException exception)
        {
            var fault = Proofs.Unreadable(content, exception);
            proofs.Refuse(content.Digest, fault);
            throw fault;
        }
    }

    private Task<Stream> OpenAsync(long offset) => content.Source.FetchAsync(content.Descriptor, offset, answer.Gone);

    /// <summary>Nothing of the answer is on its way before its first piece is there: until then it can still be an error.</summary>
    private async Task PassOnAsync(Stream stream, long length, Action begin)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var left = length;
            do
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, PieceSize));
                // Of an empty content nothing is read but its end, which is judged too.
                var read = await stream.ReadAsync(length == 0 ? buffer : piece, answer.Gone);
                if (read == 0 && left > 0)
                    throw new ReleaseException(
                        Message.ContentShort(content.Digest.ToString(), content.Size - left, content.Size)
                    );
                if (!answer.HasStarted)
                    begin();
                await answer.SendAsync(buffer.AsMemory(0, read));
                left -= read;
            } while (left > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
