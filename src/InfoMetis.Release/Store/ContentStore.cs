using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>
/// A folder of verified content, which is an OCI image layout too. Nothing lies under a digest that did not hash to it.
/// Any number of processes may fill one store at a time.
/// </summary>
public sealed class ContentStore : IContentStore, IDisposable
{
    private readonly LayoutFolder _files;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _opening = new(1);
    private FileLock? _use;

    private ContentStore(StoreLayout layout, TimeProvider time)
    {
        (Layout, _files, _time) = (layout, new LayoutFolder(layout), time);
        Names = new StoreNames(this, time);
    }

    public string Root => Layout.Root;

    /// <summary>The images of the store by name: its <c>index.json</c>.</summary>
    public StoreNames Names { get; }

    internal StoreLayout Layout { get; }

    /// <summary>What has come of blobs that are not complete yet.</summary>
    public IReadOnlyList<StoredBlob> Partials() => Layout.Partials();

    /// <summary>A store at a folder, which is made when something is first put into it.</summary>
    public static ContentStore At(string folder, TimeProvider time)
    {
        var layout = new StoreLayout(Path.GetFullPath(folder));
        LayoutMarker.Check(layout);
        return new ContentStore(layout, time);
    }

    public Task<bool> ExistsAsync(Descriptor target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Exists(target, cancellationToken));
    }

    /// <summary>The content, hashed once more while it is read; where it went bad, the next pull fetches it again.</summary>
    public Task<Stream> FetchAsync(Descriptor target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(
            new StoredContent(_files.RequireBlob(target.Digest), Layout.Blob(target.Digest), target)
        );
    }

    public async Task PushAsync(Descriptor expected, Stream content, CancellationToken cancellationToken)
    {
        using var ingest = await OpenIngestAsync(expected, cancellationToken);
        if (ingest.IsComplete)
            return;
        ingest.Restart();
        await ingest.ReceiveAsync(content, cancellationToken);
    }

    /// <summary>Begins to take a blob in, or goes on where an earlier run broke off; waits while somebody else does.</summary>
    public async Task<Ingest> OpenIngestAsync(Descriptor target, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var held = await FileLock.WaitAsync(Layout.Lock(target.Digest), FileShare.None, _time, cancellationToken);
        try
        {
            return await ExistsAsync(target, cancellationToken)
                ? Ingest.Complete(Layout, held, target)
                : Ingest.Open(Layout, held, target, cancellationToken);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Content of which only the digest is known; null where it is not there, or not whole.</summary>
    public async Task<Descriptor?> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Layout.Blob(digest));
        if (!file.Exists)
            return null;
        var found = new Descriptor(MediaTypes.AnyContent, digest, file.Length);
        return await ExistsAsync(found, cancellationToken) ? found : null;
    }

    /// <summary>What a digest stands for, by the document that lies there; null where none does.</summary>
    public Task<Descriptor?> DescribeAsync(Digest digest, CancellationToken cancellationToken) =>
        LayoutDocuments.DescribeAsync(_files, digest, cancellationToken);

    public void Dispose()
    {
        _use?.Dispose();
        _opening.Dispose();
    }

    /// <summary>Makes the folders, and from now on keeps others from removing anything.</summary>
    internal async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _use) is not null)
            return;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_use is not null)
                return;
            LayoutMarker.MakeFolders(Layout);
            var use = await FileLock.WaitAsync(Layout.UseLock, FileShare.Read, _time, cancellationToken);
            try
            {
                using var held = await FileLock.WaitAsync(Layout.IndexLock, FileShare.None, _time, cancellationToken);
                LayoutMarker.Put(Layout);
            }
            catch
            {
                use.Dispose();
                throw;
            }
            Volatile.Write(ref _use, use);
        }
        finally
        {
            _opening.Release();
        }
    }

    private bool Exists(Descriptor target, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Layout.Blob(target.Digest));
        if (!file.Exists || file.Length != target.Size)
            return false;
        return Seal.IsWhole(file) || IsRight(file, target.Digest, cancellationToken);
    }

    /// <summary>A file that somebody touched, or that another tool put there, counts only after it was hashed.</summary>
    private static bool IsRight(FileInfo file, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            if (BlobHash.Of(file.FullName, cancellationToken) != digest)
                return false;
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            return false;
        }
        Seal.TryPut(file.FullName);
        return true;
    }
}
