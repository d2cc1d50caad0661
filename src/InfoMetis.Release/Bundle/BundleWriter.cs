using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>Writes the archive of a bundle; what was written is read back and proved by whoever reads bundles.</summary>
public sealed class BundleWriter : IDisposable
{
    private readonly BundlePlan _plan;
    private readonly BundleFolder _folder;
    private readonly ArchiveParts _parts;
    private readonly ArchiveWriter _writer;

    public BundleWriter(BundlePlan plan, BundleFolder folder, BundleOptions options)
    {
        (_plan, _folder) = (plan, folder);
        _parts = new ArchiveParts(folder.Path, plan.ArchiveName, options.PartSize);
        _writer = new ArchiveWriter(plan.Archive, plan.Format, _parts);
    }

    /// <summary>How much of <see cref="BundlePlan.Size"/> is done; may be read at any time.</summary>
    public long Written => _writer.Written;

    /// <returns>The names of the files of the archive, in its order.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(CancellationToken cancellationToken)
    {
        if (DiskSpace.Objection(_folder.Path, _plan.Inventory.Forecast.Medium) is { } objection)
            throw new ReleaseException(objection);
        try
        {
            await _writer.WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            // Writing has its own words; what is left is that content was there and cannot be read any more.
            throw new ReleaseException(
                Message.ContentUnreadable("the content of the images", _folder.Path, exception.Message),
                exception
            );
        }
        return _parts.Name();
    }

    /// <summary>Waits until the archive is on the disk.</summary>
    public void Flush() => _parts.Flush();

    public void Dispose() => _parts.Dispose();
}
