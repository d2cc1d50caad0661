using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Bundle;

/// <summary>Writes the archive of a bundle, and lets whoever reads bundles prove what was written while it is.</summary>
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

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (DiskSpace.Objection(_folder.Path, _plan.Inventory.Forecast.Medium) is { } objection)
                throw new ReleaseException(objection);
            await _writer.WriteAsync(cancellationToken);
            _parts.End();
        }
        catch (Exception exception)
        {
            _parts.End(exception);
            if (!Fault.IsOfTheDisk(exception))
                throw;
            // Writing has its own words; what is left is that content was there and cannot be read any more.
            throw new ReleaseException(
                Message.ContentUnreadable("the content of the images", _folder.Path, exception.Message),
                exception
            );
        }
    }

    /// <summary>
    /// Every byte of the archive once more, read from its files right behind the writing: its hashes, its structure, every blob, every
    /// image. Where all of it is right the files get their names.
    /// </summary>
    public async Task<ArchiveReading> ReadBackAsync(CancellationToken cancellationToken)
    {
        var written = _parts.FollowAsync(cancellationToken);
        var reading = await ArchiveReading.RunAsync(_plan.ArchiveName, written, cancellationToken);
        if (reading.Findings.Count > 0)
            throw new ReleaseException(reading.Findings);
        var pieces = _parts.Name().Zip(reading.Pieces, (name, piece) => piece with { Name = name });
        return reading with { Pieces = [.. pieces] };
    }

    /// <summary>Waits until the archive is on the disk.</summary>
    public void Flush() => _parts.Flush();

    public void Dispose() => _parts.Dispose();
}
