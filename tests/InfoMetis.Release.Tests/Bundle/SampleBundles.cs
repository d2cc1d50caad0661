using System.Formats.Tar;

namespace InfoMetis.Release.Tests.Bundle;

/// <summary>Bundles of one sample release, each made once for all tests of a class.</summary>
public sealed class SampleBundles : IDisposable
{
    private readonly SampleRelease _release = new(large: true);
    private readonly Dictionary<string, string> _made = [];
    private readonly Lazy<byte[]> _images;

    public SampleBundles() => _images = new(ReadImages);

    internal SampleRelease Release => _release;

    /// <summary>images.tar as somebody else reads it.</summary>
    public byte[] ReadImagesTar() => _images.Value;

    /// <summary>The folder of a bundle.</summary>
    /// <param name="kind">A compression, and the size of parts behind a colon where it has some.</param>
    public string Folder(string kind)
    {
        if (_made.TryGetValue(kind, out var folder))
            return folder;
        var (compression, size) = (kind.Split(':')[0], kind.Split(':').ElementAtOrDefault(1));
        string[] level = compression == "none" ? [] : ["--level", "3"];
        string[] parts = size is null ? [] : ["--part-size", size];
        var name = kind.Replace(':', '-');
        return _made[kind] = _release.Bundle(name, ["--compression", compression, .. level, .. parts]);
    }

    /// <summary>The files of its archive, in order.</summary>
    public IReadOnlyList<string> Archive(string kind) =>
        [.. Directory.GetFiles(Folder(kind), "*.tar*").Order(StringComparer.Ordinal)];

    public string PathOf(string name) => _release.PathOf(name);

    public void Dispose() => _release.Dispose();

    private byte[] ReadImages()
    {
        using var file = File.OpenRead(Archive("none").Single());
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name != "images.tar")
                continue;
            using var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            return content.ToArray();
        }
        throw new InvalidOperationException("no images.tar");
    }
}
