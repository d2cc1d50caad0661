namespace InfoMetis.Release.EndToEnd.Registries;

internal enum Packing
{
    None,
    Gzip,
    Zstd,
}

/// <summary>Whose media types a manifest is written in.</summary>
internal sealed record Dialect(string Index, string Manifest, string Config, string Layer, string Separator)
{
    public static Dialect Oci { get; } =
        new(
            Release.Oci.MediaTypes.OciIndex,
            Release.Oci.MediaTypes.OciManifest,
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar",
            "+"
        );

    public static Dialect Docker { get; } =
        new(
            Release.Oci.MediaTypes.DockerManifestList,
            Release.Oci.MediaTypes.DockerManifest,
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar",
            "."
        );

    public string LayerOf(Packing packing) =>
        packing switch
        {
            Packing.Gzip => $"{Layer}{Separator}gzip",
            Packing.Zstd => $"{Layer}{Separator}zstd",
            _ => Layer,
        };
}
