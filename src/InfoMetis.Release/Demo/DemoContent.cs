using System.IO.Compression;
using System.Text.Json;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Demo;

/// <summary>A piece of content of a made image, in memory.</summary>
/// <param name="Unpacked">Of a layer: the digest of its tar.</param>
public sealed record DemoContent(Descriptor Descriptor, ReadOnlyMemory<byte> Bytes, Digest? Unpacked = null)
{
    private const string Layer = "application/vnd.oci.image.layer.v1.tar";

    internal static DemoContent Document(string mediaType, Action<Utf8JsonWriter> write) =>
        Of(mediaType, JsonText.Bytes(write));

    /// <summary>A layer as registries have them: most are packed, a few are not.</summary>
    internal static DemoContent LayerOf(byte[] tar, bool isPacked)
    {
        var content = isPacked ? Of($"{Layer}+gzip", Pack(tar)) : Of(Layer, tar);
        return content with { Unpacked = Digest.Of(tar) };
    }

    private static DemoContent Of(string mediaType, byte[] bytes) =>
        new(new Descriptor(mediaType, Digest.Of(bytes), bytes.Length), bytes);

    /// <summary>In one write: what .NET's gzip makes depends on the sizes of the writes.</summary>
    private static byte[] Pack(byte[] tar)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(tar);
        return packed.ToArray();
    }
}
