using System.Buffers;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using Microsoft.Win32.SafeHandles;

namespace InfoMetis.Release.Store;

/// <summary>
/// One blob on its way into a store. Nobody else brings in the same blob while this is held. What has come stays when it
/// is let go of before the end, and the next ingest of that blob, in whatever process, goes on from there.
/// </summary>
public sealed class Ingest : IDisposable
{
    private readonly StoreLayout _layout;
    private readonly FileLock _lock;
    private readonly ContentCheck _check;
    private SafeFileHandle? _partial;

    private Ingest(StoreLayout layout, FileLock held, Descriptor target)
    {
        (_layout, _lock, Target) = (layout, held, target);
        _check = new ContentCheck(target);
    }

    public Descriptor Target { get; }

    /// <summary>The blob is in the store, and there is nothing left to do.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes are here; may be read at any time to show progress.</summary>
    public long Offset => IsComplete ? Target.Size : _check.Received;

    /// <summary>What is here when the ingest was opened: bytes that an earlier run has brought.</summary>
    public long Resumed { get; private set; }

    /// <summary>
    /// Fetches what is missing and stores it. Where bytes that came from elsewhere precede it and the whole is wrong, those
    /// may be to blame: then all of it is fetched once more. Wrong bytes of one and the same stream are not asked for again.
    /// </summary>
    public async Task FillAsync(IImageSource source, CancellationToken cancellationToken)
    {
        var continued = Offset > 0;
        try
        {
            await FillOnceAsync(source, cancellationToken);
        }
        catch (ReleaseException exception) when (continued && exception.Finding.Code is Codes.ContentWrongDigest)
        {
            await FillOnceAsync(source, cancellationToken);
        }
    }

    /// <summary>
    /// Takes in the rest of the content, from <see cref="Offset"/> on and to its very end. Returns when the blob is in the
    /// store. Content that is too short leaves what came, to be continued; any other fault leaves nothing.
    /// </summary>
    public async Task ReceiveAsync(Stream rest, CancellationToken cancellationToken)
    {
        if (IsComplete)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(BlobHash.PieceSize);
        try
        {
            int read;
            while ((read = await rest.ReadAsync(buffer, cancellationToken)) > 0)
                Take(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        Complete();
    }

    /// <summary>Forgets what has come so far.</summary>
    public void Restart()
    {
        _check.Restart();
        if (_partial is not null)
            OnDisk(() => RandomAccess.SetLength(_partial, 0));
    }

    public void Dispose()
    {
        _partial?.Dispose();
        _check.Dispose();
        _lock.Dispose();
    }

    internal static Ingest Complete(StoreLayout layout, FileLock held, Descriptor target)
    {
        // Whoever gets this lock later finds the blob, whichever file of that name they hold.
        File.Delete(layout.Lock(target.Digest));
        return new Ingest(layout, held, target) { IsComplete = true };
    }

    internal static Ingest Open(
        StoreLayout layout,
        FileLock held,
        Descriptor target,
        CancellationToken cancellationToken
    )
    {
        var ingest = new Ingest(layout, held, target);
        try
        {
            ingest.OnDisk(() => ingest.OpenPartial(cancellationToken));
            return ingest;
        }
        catch
        {
            ingest.Dispose();
            throw;
        }
    }

    private async Task FillOnceAsync(IImageSource source, CancellationToken cancellationToken)
    {
        if (IsComplete)
            return;
        await using var rest = await source.FetchAsync(Target, Offset, cancellationToken);
        await ReceiveAsync(rest, cancellationToken);
    }

    private void OpenPartial(CancellationToken cancellationToken)
    {
        var path = _layout.Partial(Target.Digest);
        _partial = File.OpenHandle(
            path,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete
        );
        var length = RandomAccess.GetLength(_partial);
        if (length > Target.Size)
            Restart();
        else
            BlobHash.Feed(_partial, length, _check.Append, cancellationToken);
        Resumed = Offset;
        // The process before may have ended between the last byte and the rename.
        if (Offset == Target.Size && Resumed > 0)
            CompleteOrRestart();
        // Nothing is reserved: what a killed process had reserved would look like space that is taken.
        if (DiskSpace.Objection(_layout.Root, Target.Size - Offset) is { } objection)
            throw new ReleaseException(objection);
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        // Written before it counts: after a failed write the offset still says what is surely here.
        if (piece.Length <= _check.Remaining)
            Write(piece);
        try
        {
            _check.Append(piece);
        }
        catch (ReleaseException)
        {
            Restart();
            throw;
        }
    }

    private void Write(ReadOnlySpan<byte> piece)
    {
        try
        {
            Durable.WritePiece(_partial!, piece, Offset);
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, _layout.Root, Target.Size - Offset);
        }
    }

    private void CompleteOrRestart()
    {
        try
        {
            Complete();
        }
        catch (ReleaseException exception) when (exception.Finding.Code is Codes.ContentWrongDigest)
        {
            Resumed = 0;
        }
    }

    private void Complete()
    {
        try
        {
            _check.Finish();
        }
        catch (ReleaseException exception) when (exception.Finding.Code is not Codes.ContentShort)
        {
            Restart();
            throw;
        }
        OnDisk(() => PutInPlace(_layout.Partial(Target.Digest)));
        IsComplete = true;
    }

    private void PutInPlace(string partial)
    {
        Seal.Put(partial);
        RandomAccess.FlushToDisk(_partial!);
        _partial!.Dispose();
        Durable.Rename(partial, _layout.Blob(Target.Digest));
        File.Delete(_layout.Lock(Target.Digest));
    }

    private void OnDisk(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (Fault.IsOfTheDisk(exception))
        {
            throw Fault.Of(exception, _layout.Root, Target.Size - Offset);
        }
    }
}
