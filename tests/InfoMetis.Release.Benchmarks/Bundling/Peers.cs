using InfoMetis.Release.Benchmarks.Pulling;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.Benchmarks.Bundling;

/// <summary>What others would type for as much of the work as they do: none of it is signed or proved.</summary>
internal sealed class Peers(Workshop workshop, Corpus corpus, RegistryProcess registry)
{
    private const string CraneScript = """
        layout=$1 out=$2 crane=$3; shift 3
        "$crane" pull --format=oci "$@" "$layout"
        tar -cf "$out" -C "$layout" .
        """;

    public string CraneLayout { get; } = workshop.PathOf("bundle-by-crane");

    public Contender CraneAndTar =>
        Contender.OfScript(
            "crane pull --format=oci + tar",
            CraneScript,
            [CraneLayout, workshop.PathOf("bundle-by-crane.tar"), Tools.Require("crane"), .. Names],
            [CraneLayout, workshop.PathOf("bundle-by-crane.tar")],
            workshop.PathOf("bundle-by-crane.tar")
        );

    /// <summary>As above, and brought to the disk, as imrel leaves nothing that is not.</summary>
    public Contender CraneAndTarOnDisk =>
        CraneAndTar with
        {
            Name = "crane pull --format=oci + tar, and sync of both",
            Arguments =
            [
                .. CraneAndTar.Arguments.Select(word =>
                    word == CraneScript ? $"{CraneScript}\nsync -f \"$out\"" : word
                ),
            ],
        };

    public Contender SkopeoAndZstd =>
        Contender.OfScript(
            "skopeo copy + tar + zstd -T0 -3",
            """
            layout=$1 out=$2; shift 2
            for image; do
                skopeo --insecure-policy copy --quiet --src-tls-verify=false "docker://$image" "oci:$layout:${image##*/}"
            done
            tar -cf - -C "$layout" . | zstd -q -T0 -3 -o "$out"
            """,
            [workshop.PathOf("bundle-by-skopeo"), workshop.PathOf("bundle-by-skopeo.tar.zst"), .. Names],
            [workshop.PathOf("bundle-by-skopeo"), workshop.PathOf("bundle-by-skopeo.tar.zst")],
            workshop.PathOf("bundle-by-skopeo.tar.zst")
        );

    private IEnumerable<string> Names =>
        corpus.Images.Select(image => $"{registry.Host}/{image.Name.Split(':')[0]}@{image.Digest}");

    /// <summary>The least that making a file of these bytes and saying what it hashes to can take.</summary>
    public Contender CopyAndHash(string store) =>
        Contender.OfScript(
            "cp + openssl dgst -sha256",
            """
            cat "$1"/blobs/sha256/* >"$2"
            openssl dgst -sha256 "$2"
            """,
            [store, workshop.PathOf("bundle-by-cp")],
            [workshop.PathOf("bundle-by-cp")],
            workshop.PathOf("bundle-by-cp")
        );

    public static Contender Hash(string archive) =>
        new("openssl dgst -sha256", Tools.Require("openssl"), ["dgst", "-sha256", archive], [], Result: null);
}
