using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Serving;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Serves the images of bundles, stores and layouts to whoever asks as one asks a registry: opens them, follows each image to
/// its layers, and gives away what was found, until it is disposed.
/// </summary>
public sealed class ReleaseServer : IAsyncDisposable
{
    private readonly List<IDisposable> _opened = [];
    private readonly List<Finding> _notices = [];
    private ImageServer? _server;

    private ReleaseServer() { }

    /// <summary>What is served, by name.</summary>
    public ServedImages Images { get; } = new();

    /// <summary>What a person should know who serves this.</summary>
    public IReadOnlyList<Finding> Notices => _notices;

    /// <summary>Where it is found.</summary>
    public Uri Url => _server!.Url;

    /// <param name="paths">Folders of bundles, stores and layouts; archives, and parts of them.</param>
    /// <exception cref="ReleaseException">One of them cannot be served, or nobody can listen there.</exception>
    public static async Task<ReleaseServer> StartAsync(
        IReadOnlyList<string> paths,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        var server = new ReleaseServer();
        try
        {
            foreach (var (place, files) in ServedPath.Sort(paths))
                await server.AddAsync(place, files, cancellationToken);
            if (server.Images.Registries.Count == 0)
                throw new ReleaseException(Message.NothingToServe(paths[0]));
            server._server = await ImageServer.StartAsync(server.Images, options, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        foreach (var source in _opened)
            source.Dispose();
    }

    private async Task AddAsync(string place, BundleFiles? files, CancellationToken cancellationToken)
    {
        if (files is not null)
        {
            var bundle = await BundleSource.OpenForManyAsync(files, cancellationToken);
            _opened.Add(bundle);
            var entries = await bundle.EntriesAsync(cancellationToken);
            await AddAsync(place, entries, new ServedSource(bundle, bundle.Find), cancellationToken);
            return;
        }
        var layout = LayoutSource.OfFolder(place);
        _opened.Add(layout);
        await AddAsync(place, layout.Entries, new ServedSource(layout, layout.Find), cancellationToken);
    }

    private async Task AddAsync(
        string place,
        IReadOnlyList<Descriptor> entries,
        ServedSource source,
        CancellationToken cancellationToken
    )
    {
        var graphs = new Dictionary<Digest, ImageGraph>();
        var nameless = 0;
        foreach (var entry in entries)
        {
            var names = Names(entry);
            nameless += names.Count == 0 ? 1 : 0;
            foreach (var name in names)
            {
                if (!graphs.TryGetValue(entry.Digest, out var graph))
                    graphs[entry.Digest] = graph = await WalkAsync(place, name, entry, source, cancellationToken);
                Images.Add(name, graph, source.Images, place);
            }
        }
        if (nameless > 0)
            _notices.Add(Message.ServedWithoutName(place, nameless));
    }

    private async Task<ImageGraph> WalkAsync(
        string place,
        ImageReference name,
        Descriptor root,
        ServedSource source,
        CancellationToken cancellationToken
    )
    {
        var graph = await new GraphWalk(source).WalkAsync(root, cancellationToken);
        if (graph.Missing.Count > 0)
            _notices.Add(Message.ServedIncomplete(name.ToString(), place, graph.Missing.Count));
        return graph;
    }

    /// <summary>The names by which an image can be asked for: whole ones, with a tag, or with the digest that it has.</summary>
    private static List<ImageReference> Names(Descriptor entry)
    {
        var names = new List<ImageReference>();
        foreach (var text in LayoutNames.Of(entry))
        {
            if (
                ImageReference.TryParse(text, out var name)
                && (name.Tag is not null || name.Digest is not null)
                && (name.Digest is null || name.Digest == entry.Digest)
            )
                names.Add(name);
        }
        return names;
    }
}
