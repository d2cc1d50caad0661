using System.Buffers.Binary;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Bundle;

/// <summary>How large a layer is once it is unpacked, by what stands at its end or its start: a forecast, not a proof.</summary>
internal static class UnpackedSize
{
    private const int Trailer = 4;

    public static async Task<long> OfAsync(IImageSource source, Descriptor layer, CancellationToken cancellationToken)
    {
        if (!layer.MediaType.EndsWith("gzip", StringComparison.Ordinal) || layer.Size < Trailer)
            return layer.Size;
        var end = new byte[Trailer];
        await using var content = await source.FetchAsync(layer, layer.Size - Trailer, cancellationToken);
        await content.ReadExactlyAsync(end, cancellationToken);
        // gzip keeps the size modulo 4 GiB; less than what is packed can only be a larger one.
        var size = (long)BinaryPrimitives.ReadUInt32LittleEndian(end);
        while (size < layer.Size)
            size += 1L << 32;
        return size;
    }
}
