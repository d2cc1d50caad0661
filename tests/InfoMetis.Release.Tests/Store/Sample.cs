using System.Text;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Store;

/// <summary>Content with its descriptor.</summary>
internal sealed record Sample(byte[] Bytes, Descriptor Descriptor)
{
    private const string Layer = "application/vnd.oci.image.layer.v1.tar";

    public Digest Digest => Descriptor.Digest;

    public static Sample Of(byte[] bytes, string mediaType = Layer) =>
        new(bytes, new Descriptor(mediaType, Digest.Of(bytes), bytes.Length));

    public static Sample Of(string text, string mediaType = Layer) => Of(Encoding.UTF8.GetBytes(text), mediaType);

    public static Sample Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return Of(bytes);
    }

    public static Sample Manifest(Sample config, params Sample[] layers) =>
        Of(
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Json(config.Descriptor)}},
            "layers":[{{string.Join(',', layers.Select(l => Json(l.Descriptor)))}}]}
            """,
            MediaTypes.OciManifest
        );

    public static Sample Index(params (Sample Manifest, string? Platform)[] manifests) =>
        Of(
            $$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(
                ',',
                manifests.Select(m => Json(m.Manifest.Descriptor, m.Platform))
            )}}]}
            """,
            MediaTypes.OciIndex
        );

    public MemoryStream Stream() => new(Bytes, writable: false);

    public static string Json(Descriptor descriptor, string? platform = null)
    {
        var parts = platform?.Split('/');
        var where = parts is null ? "" : $$""","platform":{"os":"{{parts[0]}}","architecture":"{{parts[1]}}"}""";
        return $$"""{"mediaType":"{{descriptor.MediaType}}","digest":"{{descriptor.Digest}}","size":{{descriptor.Size}}{{where}}}""";
    }
}
