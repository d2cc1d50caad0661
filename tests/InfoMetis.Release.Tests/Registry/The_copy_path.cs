using System.Diagnostics;
using System.Reflection;
using System.Threading.Tasks.Sources;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class The_copy_path
{
    private const int Reads = 10_000;

    /// <summary>What an unoptimised build, and only that, makes objects of for each read.</summary>
    private const int TwoStateMachines = 256;

    private static readonly bool IsUnoptimised =
        typeof(RegistryClient).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled is true;

    /// <summary>Everything between the network and the store, over a source that makes every read wait.</summary>
    [Fact]
    public void Allocates_nothing_for_each_buffer()
    {
        // Continuations must run here, where what they allocate is counted.
        SynchronizationContext.SetSynchronizationContext(null);
        var source = new WaitingSource();
        using var response = new HttpResponseMessage();
        using var idle = new IdleTimeoutStream(source, TimeSpan.FromMinutes(1), TimeProvider.System);
        using var body = new BodyStream(response, idle, new Exchange("s", "GET", "u"), long.MaxValue, 0, 0);
        using var stop = new CancellationTokenSource();
        var buffer = new byte[4096];
        Read(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(Reads);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(
            Reads * (IsUnoptimised ? TwoStateMachines : 1)
        );

        void Read(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var pending = body.ReadAsync(buffer, stop.Token);
                if (pending.IsCompleted)
                    throw new InvalidOperationException("the read did not wait");
                source.Bring(buffer.Length);
                if (pending.GetAwaiter().GetResult() != buffer.Length)
                    throw new InvalidOperationException("the read brought something else");
            }
        }
    }

    private sealed class WaitingSource : ReadOnlyBody, IValueTaskSource<int>
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public void Bring(int bytes) => _core.SetResult(bytes);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _core.Reset();
            return new ValueTask<int>(this, _core.Version);
        }

        public int GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(
            Action<object?> continuation,
            object? state,
            short token,
            ValueTaskSourceOnCompletedFlags flags
        ) => _core.OnCompleted(continuation, state, token, ValueTaskSourceOnCompletedFlags.None);
    }
}
