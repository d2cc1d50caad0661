using System.Collections.Concurrent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Serving;

/// <summary>
/// What is known of content: that it hashed to its digest once since the server was started, or that it did not. A piece of
/// something can be held against no digest, so the whole is read before the first piece of it is given away.
/// </summary>
/// <param name="found">Told of content that cannot be given away, once where it stays so.</param>
internal sealed class Proofs(Action<Finding>? found) : IDisposable
{
    /// <summary>Readings of a whole blob at a time.</summary>
    private const int MostAtATime = 2;

    private const int PieceSize = 128 << 10;

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turns = new(MostAtATime);
    private readonly ConcurrentDictionary<Digest, Lazy<Task>> _readings = [];
    private readonly ConcurrentDictionary<Digest, ReleaseException?> _known = [];

    /// <exception cref="ReleaseException">The content is known to be damaged.</exception>
    public void RequireUndamaged(Digest digest)
    {
        if (_known.GetValueOrDefault(digest) is { } fault)
            throw new ReleaseException(fault.Findings, fault);
    }

    /// <summary>All of it was read and was right.</summary>
    public void Hold(Digest digest) => _known.TryAdd(digest, null);

    /// <summary>Remembers what makes content unusable for good; what may go away again is not remembered.</summary>
    public void Refuse(Digest digest, ReleaseException fault)
    {
        var isForGood = fault.Finding.Code is Codes.ContentWrongDigest or Codes.ContentShort or Codes.ContentTooLong;
        if (!isForGood || _known.TryAdd(digest, fault))
            found?.Invoke(fault.Finding);
    }

    /// <summary>Reads all of the content, once for everybody who waits for it.</summary>
    public async Task ProveAsync(ServedContent content, CancellationToken cancellationToken)
    {
        RequireUndamaged(content.Digest);
        if (_known.ContainsKey(content.Digest))
            return;
        var reading = _readings.GetOrAdd(
            content.Digest,
            _ => new Lazy<Task>(() => Task.Run(() => ReadAsync(content), _stopping.Token))
        );
        try
        {
            await reading.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (reading.Value.IsCompleted)
                _readings.TryRemove(content.Digest, out _);
        }
    }

    /// <summary>Reads all of every content; nothing is wrong with any where this returns.</summary>
    /// <exception cref="ReleaseException">With all that is.</exception>
    public async Task ProveAsync(IEnumerable<ServedContent> contents, CancellationToken cancellationToken)
    {
        var faults = new ConcurrentQueue<Finding>();
        await Parallel.ForEachAsync(
            contents,
            cancellationToken,
            async (content, token) =>
            {
                try
                {
                    await ProveAsync(content, token);
                }
                catch (ReleaseException exception)
                {
                    faults.Enqueue(exception.Finding);
                }
            }
        );
        if (!faults.IsEmpty)
            throw new ReleaseException([.. faults.OrderBy(fault => fault.Subject, StringComparer.Ordinal)]);
    }

    /// <summary>Ends what is being read.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public static ReleaseException Unreadable(ServedContent content, IOException exception) =>
        new(Message.ContentUnreadable(content.Digest.ToString(), content.Place, exception.Message), exception);

    public void Dispose()
    {
        _turns.Dispose();
        _stopping.Dispose();
    }

    private async Task ReadAsync(ServedContent content)
    {
        await _turns.WaitAsync(_stopping.Token);
        try
        {
            await using var stream = new VerifyingStream(
                await content.Source.FetchAsync(content.Descriptor, offset: 0, _stopping.Token),
                content.Descriptor
            );
            await stream.CopyToAsync(Stream.Null, PieceSize, _stopping.Token);
            Hold(content.Digest);
        }
        catch (ReleaseException exception)
        {
            Refuse(content.Digest, exception);
            throw;
        }
        catch (IOException exception)
        {
            var fault = Unreadable(content, exception);
            Refuse(content.Digest, fault);
            throw fault;
        }
        finally
        {
            _turns.Release();
        }
    }
}
