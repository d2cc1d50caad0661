using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>
/// Stands between a client and a registry, counts what the registry sends, and breaks connections off where it is told to.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const int Piece = 32 * 1024;

    /// <summary>The least that the system grants: what stands there when a client dies was counted and never left.</summary>
    private const int Sending = 4 * 1024;

    /// <summary>An answer of docker-registry is about as long before its content begins.</summary>
    private const int Headers = 600;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<int, Task> _connections = new();
    private readonly List<(long Bytes, TaskCompletionSource Reached)> _awaited = [];
    private readonly IPEndPoint _registry;
    private readonly Func<long> _life;
    private readonly Func<long> _lifeOfUploads;
    private readonly Task _accepting;
    private TaskCompletionSource _flow = Open();
    private long _heldAt = long.MaxValue;
    private long _served;
    private int _opened;
    private int _cut;

    /// <param name="life">Asked once for each connection: after how many bytes from the registry it breaks.</param>
    /// <param name="lifeOfUploads">As above, of bytes to the registry.</param>
    private CuttingProxy(Uri registry, Func<long> life, Func<long> lifeOfUploads)
    {
        _registry = new IPEndPoint(IPAddress.Loopback, registry.Port);
        _life = life;
        _lifeOfUploads = lifeOfUploads;
        _listener.Start();
        Url = new Uri($"{registry.Scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public string Host => Url.Authority;

    /// <summary>Bytes that the registry sent and that went on to the client.</summary>
    public long Served => Interlocked.Read(ref _served);

    public int Opened => Volatile.Read(ref _opened);

    public int Cut => Volatile.Read(ref _cut);

    public static CuttingProxy Faithful(Uri registry) => new(registry, Endless, Endless);

    /// <summary>Lets each connection take between the least and the most to the registry, by chance that can be repeated.</summary>
    public static CuttingProxy OfUploads(Uri registry, int seed, int least, int most)
    {
        var random = new Random(seed);
        return new CuttingProxy(registry, Endless, Life);

        long Life()
        {
            lock (random)
                return random.Next(least, most);
        }
    }

    /// <summary>
    /// Lets each connection bring between the least and the most, by chance that can be repeated; but one in eight breaks
    /// before or amid its first headers.
    /// </summary>
    public static CuttingProxy Seeded(Uri registry, int seed, int least, int most)
    {
        var random = new Random(seed);
        var connections = 0;
        return new CuttingProxy(
            registry,
            () =>
            {
                lock (random)
                    return ++connections % 8 == 0 ? random.Next(Headers) : random.Next(least, most);
            },
            Endless
        );
    }

    /// <summary>Ends when so many bytes in all have been served.</summary>
    public Task ServedAsync(long bytes)
    {
        lock (_awaited)
        {
            if (Served >= bytes)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((bytes, reached));
            return reached.Task;
        }
    }

    /// <summary>Once so many bytes in all are served, nothing more comes, and no connection breaks.</summary>
    public void HoldAt(long bytes)
    {
        _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _heldAt, bytes);
    }

    public void Release()
    {
        Interlocked.Exchange(ref _heldAt, long.MaxValue);
        _flow.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        Release();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _closing.Dispose();
    }

    private static long Endless() => long.MaxValue;

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                var number = Interlocked.Increment(ref _opened);
                _connections[number] = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Closed: nobody is served any more.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var registry = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                client.NoDelay = registry.NoDelay = true;
                client.SendBufferSize = Sending;
                await registry.ConnectAsync(_registry, _closing.Token);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
                await Task.WhenAll(
                    UntilEitherEndsAsync(AskAsync(client, registry, over.Token), over),
                    UntilEitherEndsAsync(AnswerAsync(registry, client, over.Token), over)
                );
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // Either side may hang up at any time: that is what this proxy is for.
            }
        }
    }

    private async Task AskAsync(Socket client, Socket registry, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        var left = _lifeOfUploads();
        int read;
        while ((read = await client.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            var passed = (int)Math.Min(read, left);
            await SendAllAsync(registry, buffer.AsMemory(0, passed), cancellationToken);
            left -= passed;
            if (left > 0)
                continue;
            Break(client);
            return;
        }
    }

    private static async Task UntilEitherEndsAsync(Task copying, CancellationTokenSource over)
    {
        try
        {
            await copying;
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task AnswerAsync(Socket registry, Socket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[Piece];
        var left = _life();
        int read;
        while ((read = await registry.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            if (Served >= Interlocked.Read(ref _heldAt))
                await _flow.Task.WaitAsync(cancellationToken);
            var passed = (int)Math.Min(read, left);
            await SendAllAsync(client, buffer.AsMemory(0, passed), cancellationToken);
            Count(passed);
            left -= passed;
            if (left > 0)
                continue;
            Break(client);
            return;
        }
    }

    /// <summary>A reset, not an end: closed without lingering.</summary>
    private void Break(Socket client)
    {
        Interlocked.Increment(ref _cut);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
    }

    private void Count(int bytes)
    {
        var served = Interlocked.Add(ref _served, bytes);
        lock (_awaited)
        {
            foreach (var (_, reached) in _awaited.Where(one => one.Bytes <= served))
                reached.TrySetResult();
            _awaited.RemoveAll(one => one.Bytes <= served);
        }
    }
}
