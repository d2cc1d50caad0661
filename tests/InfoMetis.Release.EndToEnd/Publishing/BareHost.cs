using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Publishing;

/// <summary>
/// A root of its own with the published imrel, busybox, openssl and zstd, and the libraries that these ask for: no .NET, no ICU,
/// no home, no /etc, and no network but loopback. The demo runs here once, and what it made stays for every test.
/// </summary>
public sealed class BareHost : IAsyncLifetime, IDisposable
{
    public const string Bundle = "/demo/bundle/infometis-0.5.0-linux-amd64";

    private const string Programs = "bin";

    /// <summary>What a program asks for only when it needs it, which no list of its libraries shows.</summary>
    private static readonly string[] AskedForLater = ["libssl.so.3", "libzstd.so.1"];

    /// <summary>In namespaces of their own, so that nothing is left of network, mounts and processes afterwards.</summary>
    private const string Enter = """
        set -eu
        root=$1
        shift
        ip link set lo up
        mount --bind "$root" "$root"
        mount -t proc proc "$root/proc"
        for device in null zero urandom; do
            : >"$root/dev/$device"
            mount --bind "/dev/$device" "$root/dev/$device"
        done
        exec chroot "$root" busybox env -i PATH=/bin "$@"
        """;

    private readonly ScratchFolder _scratch = new();
    private Finished? _demo;

    internal static IReadOnlyList<string> Tools { get; } =
    ["busybox", "chroot", "ip", "ldd", "mount", "openssl", "unshare", "zstd"];

    internal Finished Demo => _demo!;

    internal string PathOf(string path) => _scratch.PathOf(path.TrimStart('/'));

    internal Task<Finished> RunAsync(params string[] command) =>
        new Run(
            "unshare",
            [
                "--mount",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                Enter,
                "sh",
                _scratch.Folder,
                .. command,
            ]
        ).ToEndAsync();

    public async Task InitializeAsync()
    {
        if (BareHostFactAttribute.Objection is not null)
            return;
        await FurnishAsync();
        _demo = await RunAsync("imrel", "demo", "--full", "--keep", "/demo");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _scratch.Dispose();

    private async Task FurnishAsync()
    {
        foreach (var folder in new[] { Programs, "dev", "proc", "tmp" })
            Directory.CreateDirectory(PathOf(folder));
        var busybox = Harness.Tools.Require("busybox");
        File.Copy(busybox, PathOf($"{Programs}/busybox"));
        foreach (
            var own in new[] { Published.Program, Harness.Tools.Require("openssl"), Harness.Tools.Require("zstd") }
        )
        {
            File.Copy(own, PathOf($"{Programs}/{Path.GetFileName(own)}"));
            await CopyLibrariesAsync(own);
        }
        foreach (var name in (await new Run(busybox, "--list").ToEndAsync()).Output.Split('\n'))
        {
            if (name.Length > 0 && !File.Exists(PathOf($"{Programs}/{name}")))
                File.CreateSymbolicLink(PathOf($"{Programs}/{name}"), "busybox");
        }
    }

    private async Task CopyLibrariesAsync(string program)
    {
        var libraries = (await new Run("ldd", program).ToEndAsync())
            .Output.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/'))
            .ToList();
        var folder = Path.GetDirectoryName(
            libraries.Single(path => path.EndsWith("/libc.so.6", StringComparison.Ordinal))
        )!;
        foreach (var library in libraries.Concat(AskedForLater.Select(name => Path.Combine(folder, name))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(library))!);
            File.Copy(library, PathOf(library), overwrite: true);
        }
    }
}
