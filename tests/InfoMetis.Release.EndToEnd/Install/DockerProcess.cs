using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>A Docker with folders of its own and without a network, for all tests of a class.</summary>
public sealed class DockerProcess : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ScratchFolder _scratch = new();
    private Running? _running;

    public string Address => $"unix://{_scratch.PathOf("docker.sock")}";

    public async Task InitializeAsync()
    {
        if (Tools.Objection(["dockerd", "docker", "unshare"], Tools.MustBeThere) is not null)
            return;
        string[] serve =
        [
            "--net",
            Tools.Require("dockerd"),
            "--data-root",
            _scratch.PathOf("data"),
            "--exec-root",
            _scratch.PathOf("exec"),
            "--pidfile",
            _scratch.PathOf("docker.pid"),
            "--host",
            Address,
            "--storage-driver",
            "vfs",
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false",
        ];
        _running = new Run("unshare", serve).Start();
        await _running.LineAsync(said => said.Contains("API listen on", StringComparison.Ordinal), Patience);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        // It has processes and mounts of its own, and takes them along when it is asked to.
        if (_running is not null)
        {
            _running.SignalAsync("TERM").GetAwaiter().GetResult();
            _running.EndAsync(Patience).GetAwaiter().GetResult();
            _running.Dispose();
        }
        _scratch.Dispose();
    }
}
