using System.Text;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Tests.Cli;
using InfoMetis.Release.Tests.Store;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>
/// The 24 images of InfoMetis 0.5.0 by name and tag, with small content of every kind, as a layout; and a manifest that pins them, which
/// the gate lets through.
/// </summary>
internal sealed class SampleRelease : IDisposable
{
    private const string Config = "application/vnd.oci.image.config.v1+json";
    private const string GzipLayer = "application/vnd.oci.image.layer.v1.tar+gzip";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<Digest, Sample> _content = [];
    private readonly List<(Sample Root, string Name)> _entries = [];

    /// <param name="large">Adds layers of several MiB, which take several frames.</param>
    public SampleRelease(bool large = false)
    {
        var manifest = ManifestReader.Read(Imrel.Release, [])!;
        var pins = manifest.Images.ToDictionary(image => image.Reference.Tagged, image => Add(image, large));
        Manifest = _folder.Write("release.yaml", Encoding.UTF8.GetBytes(Pinned(pins)));
        WriteLayout();
    }

    public string Manifest { get; }

    public string Layout => _folder.File("layout");

    public string Store => _folder.File("store");

    /// <summary>Everything that a bundle for linux/amd64 holds.</summary>
    public IReadOnlyCollection<Digest> Content => _content.Keys;

    public string PathOf(string name) => _folder.File(name);

    public byte[] BytesOf(Digest digest) => _content[digest].Bytes;

    /// <summary>Runs imrel bundle over the layout, unsigned unless a key is named.</summary>
    /// <param name="output">The folder for the folder of the bundle, below that of the release.</param>
    public Imrel Run(string output, params string[] more) =>
        Imrel.Run([
            "bundle",
            Manifest,
            "--output",
            PathOf(output),
            "--store",
            Store,
            "--from",
            $"oci:{Layout}",
            .. more,
            .. more.Contains("--key") ? Array.Empty<string>() : ["--allow-unsigned"],
        ]);

    /// <summary>As <see cref="Run"/>, and expects a bundle.</summary>
    /// <returns>Its folder.</returns>
    public string Bundle(string output, params string[] more)
    {
        var run = Run(output, more);
        run.ExitCode.ShouldBe(ExitCode.Sound, run.Error);
        return Directory.GetDirectories(PathOf(output)).ShouldHaveSingleItem();
    }

    public void Dispose() => _folder.Dispose();

    private Digest Add(ReleaseImage image, bool large)
    {
        var seed = image.Name.Sum(letter => letter);
        var config = Put(Sample.Of($$"""{"os":"linux","architecture":"amd64","of":"{{image.Name}}"}""", Config));
        List<Sample> layers =
        [
            Put(Random(3000, seed: 1)),
            Put(Random(5000 + seed, seed)),
            Put(Sample.Of(string.Concat(Enumerable.Repeat($"{image.Name} says it again. ", 400)))),
        ];
        if (image.Name.StartsWith('p'))
            layers.Add(Put(Sample.Of("")));
        if (large && image.Name is "kafka" or "pause")
            layers.Add(Put(Random((9 << 20) + seed, seed)));
        var manifest = Put(Sample.Manifest(config, [.. layers]));
        var root =
            image.Name == "busybox"
                ? manifest
                : Put(Sample.Index((manifest, "linux/amd64"), (Random(700, seed: 2), "linux/arm64")));
        _entries.Add((root, image.Reference.Tagged));
        return root.Digest;
    }

    private static Sample Random(int length, int seed)
    {
        var sample = Sample.Random(length, seed);
        return sample with { Descriptor = sample.Descriptor with { MediaType = GzipLayer } };
    }

    private Sample Put(Sample sample) => _content[sample.Digest] = sample;

    private static string Pinned(Dictionary<string, Digest> pins)
    {
        var text = File.ReadAllText(Imrel.Release);
        foreach (var (tagged, digest) in pins)
        {
            var at = text.IndexOf($"image: {tagged}", StringComparison.Ordinal) + "image: ".Length;
            var end = text.AsSpan(at).IndexOfAny(" \n") + at;
            text = $"{text[..at]}{tagged}@{digest}{text[end..]}";
        }
        return text;
    }

    private void WriteLayout()
    {
        var blobs = Directory.CreateDirectory(Path.Combine(Layout, "blobs", "sha256")).FullName;
        foreach (var sample in _content.Values)
            File.WriteAllBytes(Path.Combine(blobs, sample.Digest.Hex), sample.Bytes);
        File.WriteAllText(Path.Combine(Layout, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        var entries = _entries.Select(entry =>
            Sample.Json(entry.Root.Descriptor).TrimEnd('}')
            + $$""","annotations":{"org.opencontainers.image.ref.name":"{{entry.Name}}"} }"""
        );
        File.WriteAllText(
            Path.Combine(Layout, "index.json"),
            $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}"""
        );
    }
}
