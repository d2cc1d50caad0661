using System.Buffers;
using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>Makes a stream from an offset on of an answer, whether the registry honoured the range or not.</summary>
internal static class BlobAnswer
{
    private const int SkipBuffer = 128 * 1024;

    public static async Task<Stream> OpenAsync(
        HttpResponseMessage response,
        long size,
        long offset,
        Exchange exchange,
        CancellationToken cancellationToken
    )
    {
        var start = response.StatusCode is HttpStatusCode.PartialContent ? offset : 0;
        Check(response, size, start, exchange);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (start < offset)
            await SkipAsync(
                new BodyStream(response, stream, exchange, size, start: 0, offset),
                offset,
                cancellationToken
            );
        return new BodyStream(response, stream, exchange, size, start: offset, offset);
    }

    /// <summary>How long the content of an answer is, as its headers say.</summary>
    public static long SizeOf(HttpResponseMessage response, Exchange exchange)
    {
        RefuseEncoded(response, exchange);
        return response.Content.Headers.ContentLength ?? throw new RegistryFault(Message.FileWithoutLength, exchange);
    }

    private static void Check(HttpResponseMessage response, long size, long start, Exchange exchange)
    {
        RefuseEncoded(response, exchange);
        var headers = response.Content.Headers;
        if (response.StatusCode is HttpStatusCode.PartialContent && headers.ContentRange is not { HasRange: true })
            throw new RegistryFault(e => Message.BadAnswer(e, "a part that does not say which"), exchange);
        if (headers.ContentRange is { } range && response.StatusCode is HttpStatusCode.PartialContent)
        {
            if (range.Length is { } whole && whole != size)
                throw new RegistryFault(e => Message.WrongSize(e, $"{whole}", size), exchange);
            if (range.From != start || range.To != size - 1)
                throw new RegistryFault(
                    e =>
                        Message.BadAnswer(
                            e,
                            $"bytes {range.From} to {range.To} where {start} to {size - 1} were asked for"
                        ),
                    exchange
                );
        }
        if (headers.ContentLength is { } length && length != size - start)
            throw new RegistryFault(e => Message.WrongSize(e, $"{start + length}", size), exchange);
    }

    private static void RefuseEncoded(HttpResponseMessage response, Exchange exchange)
    {
        if (response.Content.Headers.ContentEncoding.Count > 0)
            throw new RegistryFault(
                e => Message.BadAnswer(e, "the content is encoded, though that was not asked for"),
                exchange
            );
    }

    /// <summary>A registry that knows no ranges sends the content anew from its start; what is held already is read past.</summary>
    private static async Task SkipAsync(BodyStream stream, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SkipBuffer);
        try
        {
            for (var left = count; left > 0; )
                left -= await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, SkipBuffer)), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
