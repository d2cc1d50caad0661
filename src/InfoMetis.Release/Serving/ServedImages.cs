using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

/// <summary>
/// What a server has to give: images by the names they have at their own registries. A repository is found by its path alone
/// where only one registry has that path, by registry and path, or by its path and a registry that is said beside it.
/// </summary>
public sealed class ServedImages
{
    private readonly Dictionary<string, ServedRepository> _repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ServedRepository>> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, ServedContent> _contents = [];

    /// <summary>The registries whose images are here, in order.</summary>
    public IReadOnlyList<string> Registries =>
        [.. _repositories.Values.Select(one => one.Registry).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How many names with a tag there are.</summary>
    public int Tags => _repositories.Values.Sum(one => one.Tags.Count);

    /// <summary>The size of all content, each once.</summary>
    public long Size => _contents.Values.Sum(content => content.Size);

    internal IEnumerable<ServedContent> Contents => _contents.Values;

    /// <summary>Adds an image under a name; of its content all that is present is served, and nothing else.</summary>
    /// <param name="place">The source, as a person calls it.</param>
    /// <exception cref="ReleaseException">The name stands for another image already.</exception>
    public void Add(ImageReference name, ImageGraph graph, IImageSource source, string place)
    {
        var repository = Repository(name);
        if (name.Tag is { } tag)
        {
            if (repository.Contradiction(tag, graph.Root.Digest) is { } other)
                throw new ReleaseException(
                    Message.ServedNameTwice(name.Tagged, graph.Root.Digest.ToString(), other.ToString())
                );
            repository.Tag(tag, graph.Root.Digest);
        }
        foreach (var descriptor in graph.Present)
        {
            if (!_contents.TryGetValue(descriptor.Digest, out var content))
                _contents[descriptor.Digest] = content = new ServedContent(descriptor, source, place);
            // What is a layer of one image may be called otherwise by another: each repository knows it by its own word.
            repository.Add(content with { Descriptor = descriptor });
        }
    }

    /// <summary>The repositories that a name may mean: one, none, or several that must not be mixed up.</summary>
    /// <param name="registry">Whose it is, where that is said.</param>
    internal IReadOnlyList<ServedRepository> Find(string name, string? registry)
    {
        if (registry is not null)
            return _repositories.TryGetValue($"{registry}/{name}", out var its) ? [its] : [];
        var whole = _repositories.TryGetValue(name, out var named) ? named : null;
        var alone = _byPath.GetValueOrDefault(name, []);
        return whole is null ? alone : [whole, .. alone];
    }

    /// <summary>Every repository by the name under which nobody mistakes it; or those of one registry, by their paths.</summary>
    internal IEnumerable<string> Names(string? registry) =>
        _repositories
            .Values.Where(one => registry is null || one.Registry == registry)
            .Select(one => registry is null ? one.Name : one.Path)
            .Order(ListOrder.Comparer);

    private ServedRepository Repository(ImageReference name)
    {
        if (_repositories.TryGetValue(name.Name, out var repository))
            return repository;
        repository = new ServedRepository(name.Registry, name.Repository);
        _repositories.Add(name.Name, repository);
        if (!_byPath.TryGetValue(name.Repository, out var same))
            _byPath[name.Repository] = same = [];
        same.Add(repository);
        return repository;
    }
}
