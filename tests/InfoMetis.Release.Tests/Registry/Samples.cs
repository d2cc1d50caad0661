using System.Text;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Registry;

internal static class Samples
{
    public const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";

    public static byte[] Manifest(string? mediaType = MediaTypes.OciManifest) =>
        Json($$"""{"schemaVersion":2,{{Type(mediaType)}}"config":{},"layers":[]}""");

    public static byte[] Index(string? mediaType = MediaTypes.OciIndex) =>
        Json($$"""{"schemaVersion":2,{{Type(mediaType)}}"manifests":[]}""");

    public static byte[] SchemaOne() => Json("""{"schemaVersion":1,"name":"app","fsLayers":[],"history":[]}""");

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private static string Type(string? mediaType) => mediaType is null ? "" : $"\"mediaType\":\"{mediaType}\",";
}
