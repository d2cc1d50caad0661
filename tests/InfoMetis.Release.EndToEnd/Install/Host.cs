using System.Text.Json.Nodes;
using InfoMetis.Release.EndToEnd.Bundle;
using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>A machine to install on: folders of its own, no network, and the programs that a test puts there.</summary>
internal sealed class Host : IDisposable
{
    private ContainerdProcess? _containerd;

    public Host()
    {
        foreach (var folder in new[] { "bin", "tmp", "k0s" })
            Directory.CreateDirectory(Scratch.PathOf(folder));
        Programs = $"{Scratch.PathOf("bin")}:{Tools.SearchPath}";
    }

    public ScratchFolder Scratch { get; } = new();

    /// <summary>The folder of k0s.</summary>
    public string Data => Scratch.PathOf("data");

    public string Images => Scratch.PathOf("data", "images");

    public string State => Scratch.PathOf("state");

    public string Layout => Scratch.PathOf("layout");

    /// <summary>Where the script looks for programs.</summary>
    public string Programs { get; set; }

    public string[] IntoLayout => ["--target", $"layout:{Layout}"];

    public string[] IntoK0s =>
        ["--target", "k0s", "--data-dir", Data, "--k0s-config", Scratch.PathOf("k0s", "k0s.yaml")];

    public string[] IntoContainerd => ["--target", "containerd", "--address", Containerd.Socket];

    public ContainerdProcess Containerd => _containerd ?? throw new InvalidOperationException("not started");

    /// <summary>The shell that runs the script.</summary>
    public IReadOnlyList<string> Shell { get; init; } = ["dash"];

    /// <summary>What the script runs in: options of unshare, and commands that end with one that runs what follows.</summary>
    public IReadOnlyList<string> Around { get; set; } = [];

    public Dictionary<string, string?> Variables { get; } = [];

    public IReadOnlyList<string> Placed => Directory.Exists(Images) ? Directory.GetFileSystemEntries(Images) : [];

    public IReadOnlyList<string> Receipts =>
        Directory.Exists(State) ? [.. Directory.GetFiles(State, "*", SearchOption.AllDirectories).Order()] : [];

    public JsonNode Report => JsonNode.Parse(File.ReadAllText(Scratch.PathOf("report.json")))!;

    public async Task<ContainerdProcess> StartContainerdAsync() =>
        _containerd = await ContainerdProcess.StartAsync(Scratch);

    public async Task<IReadOnlyList<string>> NamesAsync() =>
        (await Containerd.CtrAsync("images", "ls", "--quiet")).Output.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>Puts a shell script among the programs of this machine, in front of any other of that name.</summary>
    public Host Put(string program, string text)
    {
        var file = Scratch.Write(Path.Combine("bin", program), text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>The script of a bundle, on this machine.</summary>
    public Run Script(string bundle, params IEnumerable<string> arguments)
    {
        var variables = new Dictionary<string, string?>
        {
            ["IMREL_TOOLS_PATH"] = Programs,
            ["IMREL_TRUSTED_KEYS"] = null,
            ["CONTAINERD_SNAPSHOTTER"] = "native",
            ["CONTAINERD_ADDRESS"] = null,
            ["TMPDIR"] = Scratch.PathOf("tmp"),
        };
        foreach (var (name, value) in Variables)
            variables[name] = value;
        string[] script = [Path.Combine(bundle, "install.sh"), "--state", State, .. Reported, .. arguments];
        string[] command = ["--net", .. Around, Tools.Require(Shell[0]), .. Shell.Skip(1), .. script];
        return new Run("unshare", command) { Folder = Scratch.Folder, Variables = variables };
    }

    public Task<Finished> InstallAsync(Installing bundles, params IEnumerable<string> arguments) =>
        Script(bundles.Folder, ["--key", bundles.Key, .. arguments]).ToEndAsync();

    /// <summary>Every file that an install may change, by size and time.</summary>
    public IReadOnlyList<string> Look() =>
        [
            .. new[] { Data, Layout, State }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
                .Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}")
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose()
    {
        _containerd?.Dispose();
        Scratch.Dispose();
    }

    private string[] Reported => ["--report", Scratch.PathOf("report.json")];
}
