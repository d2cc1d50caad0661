namespace InfoMetis.Release.Oci;

/// <summary>The media types of manifests and indexes, in OCI's words and in Docker's.</summary>
public static class MediaTypes
{
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>Of content that no document describes.</summary>
    public const string AnyContent = "application/octet-stream";

    public static bool IsIndex(string mediaType) => mediaType is OciIndex or DockerManifestList;

    public static bool IsImageConfig(string mediaType) => mediaType is OciConfig or DockerConfig;

    public static bool IsManifest(string mediaType) => mediaType is OciManifest or DockerManifest;
}
