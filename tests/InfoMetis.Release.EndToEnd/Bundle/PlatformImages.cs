using System.Formats.Tar;
using System.Text;
using System.Text.RegularExpressions;
using InfoMetis.Release.EndToEnd.Harness;
using InfoMetis.Release.EndToEnd.Registries;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>
/// The images of InfoMetis 0.5.0 by name and tag, so that the gate lets them through: small, of every kind that registries serve, and
/// each with a shell that runs.
/// </summary>
internal sealed partial class PlatformImages
{
    public const string Program = "/bin/busybox";

    private const int Seed = 20250725;
    private const int LargeLayer = 5_000_000;

    private static readonly Packing[] Packings = [Packing.Gzip, Packing.None, Packing.Zstd];
    private static readonly string Template = File.ReadAllText(RepositoryRoot.PathOf("releases", "v0.5.0.yaml"));

    /// <param name="dialects">The images take turns in them.</param>
    /// <param name="largeLayers">How many layers of five megabytes there are besides, all different.</param>
    public PlatformImages(IReadOnlyList<Dialect> dialects, int largeLayers = 0)
    {
        var names = Pinned().Matches(Template).Select(match => match.Groups["tagged"].Value).ToList();
        All = names
            .Select(
                (name, at) =>
                {
                    var large = largeLayers / names.Count + (at < largeLayers % names.Count ? 1 : 0);
                    return (name, image: Make(at, dialects[at % dialects.Count], at / dialects.Count % 2 > 0, large));
                }
            )
            .ToDictionary(pair => pair.name, pair => pair.image, StringComparer.Ordinal);
    }

    public static PlatformImages OfEveryKind { get; } = new([Dialect.Oci, Dialect.Docker]);

    /// <summary>By name and tag.</summary>
    public IReadOnlyDictionary<string, MadeImage> All { get; }

    /// <summary>Every name of every image that a pod may use.</summary>
    public IEnumerable<string> Names => All.SelectMany(image => NamesOf(image.Key));

    public IReadOnlyList<string> NamesOf(string tagged)
    {
        var digest = All[tagged].Root.Digest;
        return [tagged, $"{RepositoryOf(tagged)}@{digest}", $"{tagged}@{digest}"];
    }

    /// <summary>The release manifest, with what is pinned.</summary>
    public string Manifest() =>
        Pinned()
            .Replace(
                Template,
                match => $"image: {match.Groups["tagged"].Value}@{All[match.Groups["tagged"].Value].Root.Digest}"
            );

    /// <summary>What is before the tag, with the registry or without.</summary>
    public static string RepositoryOf(string tagged) => tagged[..tagged.LastIndexOf(':')];

    public static string PathOf(string tagged) => RepositoryOf(tagged)[(tagged.IndexOf('/') + 1)..];

    public static string RegistryOf(string tagged) => tagged[..tagged.IndexOf('/')];

    public static string TagOf(string tagged) => tagged[(tagged.LastIndexOf(':') + 1)..];

    private static MadeImage Make(int at, Dialect dialect, bool isIndex, int largeLayers)
    {
        var shared = new ImageMaker(Seed, dialect).Pack(Shell(), Packing.Gzip);
        var maker = new ImageMaker(Seed + 1 + at, dialect);
        // Docker has no name for layers of zstd that containerd of k0s knows.
        var packing = dialect == Dialect.Oci ? Packings[at % Packings.Length] : Packings[at % 2];
        MadeLayer[] layers =
        [
            shared,
            maker.Layer(20_000 + at, packing),
            maker.Pack(Text($"{at} says it again. "), Packing.None),
            .. Enumerable.Range(0, largeLayers).Select(_ => maker.Layer(LargeLayer)),
        ];
        var amd = maker.Image("linux/amd64", layers);
        if (!isIndex)
            return amd;
        var arm = maker.Image("linux/arm64", shared, maker.Layer(1000));
        return dialect == Dialect.Docker ? maker.Index(amd, arm) : maker.Index(amd, arm, maker.Attestation(amd));
    }

    private static byte[] Shell() =>
        Tar("bin/busybox", File.ReadAllBytes(Tools.Require("busybox")), (UnixFileMode)0b111_101_101);

    private static byte[] Text(string line) =>
        Tar("text", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 500))), (UnixFileMode)0b110_100_100);

    private static byte[] Tar(string name, byte[] content, UnixFileMode mode)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = mode,
                }
            );
        }
        return tar.ToArray();
    }

    [GeneratedRegex("image: (?<tagged>[^@ \n]+)(?:@[^ \n]+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned();
}
