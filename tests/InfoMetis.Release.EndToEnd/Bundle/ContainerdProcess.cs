using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

/// <summary>A containerd with folders of its own, where there is no network at all.</summary>
internal sealed class ContainerdProcess : IDisposable
{
    /// <summary>Works on every file system, also on one that is an overlay already.</summary>
    private const string Snapshotter = "native";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Running _running;

    private ContainerdProcess(Running running, string socket) => (_running, Socket) = (running, socket);

    public string Socket { get; }

    public int Id => _running.Id;

    public static async Task<ContainerdProcess> StartAsync(ScratchFolder scratch)
    {
        var socket = scratch.PathOf("containerd.sock");
        var configuration = scratch.Write(
            "containerd.toml",
            $"""
            version = 2
            root = '{scratch.PathOf("containerd", "root")}'
            state = '{scratch.PathOf("containerd", "state")}'
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = '{socket}'
            """
        );
        // The shell is replaced: what is killed in the end is containerd itself.
        string[] serve = ["--net", Tools.Require("containerd"), "--config", configuration];
        var running = new Run("unshare", serve).Start();
        try
        {
            await running.LineAsync(said => said.Contains("successfully booted", StringComparison.Ordinal), Patience);
            return new ContainerdProcess(running, socket);
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    /// <summary>Takes in images.tar as k0s does: into its namespace, for one platform.</summary>
    public Task<Finished> ImportAsync(string archive) =>
        CtrAsync("images", "import", "--snapshotter", Snapshotter, "--platform", "linux/amd64", archive);

    /// <summary>Pulls an image of one platform, from where the files in a folder say. It is ctr that asks, outside of containerd.</summary>
    public Task<Finished> PullAsync(string image, string hosts) =>
        CtrAsync([
            "images",
            "pull",
            "--snapshotter",
            Snapshotter,
            "--platform",
            "linux/amd64",
            "--hosts-dir",
            hosts,
            image,
        ]);

    /// <summary>Name, type and digest of each image, with one space between them.</summary>
    public async Task<string> ListAsync() =>
        string.Join(
            '\n',
            (await CtrAsync("images", "list"))
                .Output.Split('\n')
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );

    public Task<Finished> CheckAsync() => CtrAsync("images", "check", "--snapshotter", Snapshotter);

    /// <summary>Runs a program of an image to its end in a container without a network.</summary>
    public Task<Finished> RunAsync(string image, string container, params string[] command) =>
        CtrAsync(["run", "--rm", "--snapshotter", Snapshotter, image, container, .. command]);

    public void Dispose() => _running.Dispose();

    public Task<Finished> CtrAsync(params string[] arguments) =>
        new Run("ctr", ["--address", Socket, "--namespace", "k8s.io", .. arguments]) { Limit = Patience }.ToEndAsync();
}
