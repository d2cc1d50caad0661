using System.Diagnostics.CodeAnalysis;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

/// <summary>The images of one repository of one registry, and all that they consist of.</summary>
internal sealed class ServedRepository(string registry, string path)
{
    private readonly SortedDictionary<string, Digest> _tags = new(ListOrder.Comparer);
    private readonly Dictionary<Digest, ServedContent> _manifests = [];
    private readonly Dictionary<Digest, ServedContent> _blobs = [];

    public string Registry => registry;

    public string Path => path;

    /// <summary>With its registry.</summary>
    public string Name => $"{registry}/{path}";

    public IReadOnlyCollection<string> Tags => _tags.Keys;

    public ServedContent? Blob(Digest digest) => _blobs.GetValueOrDefault(digest);

    /// <summary>By tag or by digest.</summary>
    public bool TryFind(string reference, [NotNullWhen(true)] out ServedContent? manifest)
    {
        manifest =
            Digest.TryParse(reference, out var digest) || _tags.TryGetValue(reference, out digest)
                ? _manifests.GetValueOrDefault(digest)
                : null;
        return manifest is not null;
    }

    /// <summary>The digest that a tag stands for already, where it is another one.</summary>
    public Digest? Contradiction(string tag, Digest digest) =>
        _tags.TryGetValue(tag, out var there) && there != digest ? there : null;

    public void Tag(string tag, Digest digest) => _tags[tag] = digest;

    public void Add(ServedContent content)
    {
        var mediaType = content.Descriptor.MediaType;
        var contents = MediaTypes.IsIndex(mediaType) || MediaTypes.IsManifest(mediaType) ? _manifests : _blobs;
        contents.TryAdd(content.Digest, content);
    }
}
