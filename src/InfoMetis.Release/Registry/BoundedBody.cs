namespace InfoMetis.Release.Registry;

/// <summary>Reads a small body whole, or not at all where it is larger than it may be.</summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 16 * 1024;

    public static async Task<byte[]?> ReadAsync(
        HttpResponseMessage response,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (response.Content.Headers.ContentLength > limit)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(limit + 1L, response.Content.Headers.ContentLength + 1 ?? FirstBuffer)];
        var length = 0;
        while (true)
        {
            length += await stream.ReadAtLeastAsync(
                buffer.AsMemory(length),
                buffer.Length - length,
                throwOnEndOfStream: false,
                cancellationToken
            );
            if (length < buffer.Length)
                return buffer[..length];
            if (length > limit)
                return null;
            Array.Resize(ref buffer, (int)Math.Min(limit + 1L, 2L * buffer.Length));
        }
    }
}
