using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Store;

/// <summary>An OCI image layout as a folder.</summary>
internal sealed class LayoutFolder(StoreLayout layout) : ILayoutFiles
{
    public string Path => layout.Root;

    public Stream? Open(string name) => Open(System.IO.Path.Combine(layout.Root, name), name);

    public Stream? OpenBlob(Digest digest) => Open(layout.Blob(digest), digest.ToString());

    /// <summary>As <see cref="OpenBlob"/>, and throws where there is none.</summary>
    public Stream RequireBlob(Digest digest) =>
        OpenBlob(digest) ?? throw new ReleaseException(Message.ContentMissing(digest.ToString(), layout.Root));

    public void Dispose() { }

    private FileStream? Open(string file, string subject)
    {
        try
        {
            return new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                bufferSize: 0,
                FileOptions.SequentialScan
            );
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw new ReleaseException(Message.ContentUnreadable(subject, layout.Root, exception.Message), exception);
        }
    }
}
