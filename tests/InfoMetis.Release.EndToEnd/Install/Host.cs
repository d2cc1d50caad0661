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
    }

    public ScratchFolder Scratch { get; } = new();

    /// <summary>The folder of k0s.</summary>
    public string Data => Scratch.PathOf("data");

    public string Images => Scratch.PathOf("data", "images");

    public string State => Scratch.PathOf("state");

    public string Layout => Scratch.PathOf("layout");

    public string[] IntoLayout => ["--target", $"layout:{Layout}"];

    public string[] IntoK0s =>
        ["--target", "k0s", "--data-dir", Data, "--k0s-config", Scratch.PathOf("k0s", "k0s.yaml")];

    public string[] IntoContainerd => ["--target", "containerd", "--address", Containerd.Socket];

    public ContainerdProcess Containerd => _containerd ?? throw new InvalidOperationException("not started");

    /// <summary>The shell that runs the script.</summary>
    public IReadOnlyList<string> Shell { get; init; } = ["dash"];

    /// <summary>What stands in front of the shell.</summary>
    public IReadOnlyList<string> Around { get; init; } = [];

    public Dictionary<string, string?> Variables { get; } = [];

    public IEnumerable<string> Receipts =>
        Directory.Exists(State) ? Directory.GetFiles(State, "*", SearchOption.AllDirectories).Order() : [];

    public JsonNode Report => JsonNode.Parse(File.ReadAllText(Scratch.PathOf("report.json")))!;

    public async Task<ContainerdProcess> StartContainerdAsync() =>
        _containerd = await ContainerdProcess.StartAsync(Scratch);

    public void StopContainerd() => _containerd?.Dispose();

    /// <summary>Puts a shell script among the programs of this machine, in front of any other of that name.</summary>
    public void Put(string program, string text)
    {
        var file = Scratch.Write(Path.Combine("bin", program), text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The script of a bundle, on this machine.</summary>
    public Run Script(string bundle, params IEnumerable<string> arguments)
    {
        var variables = new Dictionary<string, string?>
        {
            ["IMREL_TOOLS_PATH"] = $"{Scratch.PathOf("bin")}:{Tools.SearchPath}",
            ["IMREL_TRUSTED_KEYS"] = null,
            ["CONTAINERD_SNAPSHOTTER"] = "native",
            ["CONTAINERD_ADDRESS"] = null,
            ["TMPDIR"] = Scratch.PathOf("tmp"),
        };
        foreach (var (name, value) in Variables)
            variables[name] = value;
        string[] command =
        [
            "--net",
            .. Around,
            Tools.Require(Shell[0]),
            .. Shell.Skip(1),
            Path.Combine(bundle, "install.sh"),
            "--state",
            State,
            "--report",
            Scratch.PathOf("report.json"),
            .. arguments,
        ];
        return new Run("unshare", command) { Folder = Scratch.Folder, Variables = variables };
    }

    public Task<Finished> InstallAsync(Installing bundles, params IEnumerable<string> arguments) =>
        Script(bundles.Folder, ["--key", bundles.Key, .. arguments]).ToEndAsync();

    /// <summary>Files and folders of a place, by path, size and time, to see whether anything was changed.</summary>
    public IReadOnlyList<string> Look() =>
        [
            .. new[] { Data, Layout, State }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories))
                .Where(entry => File.Exists(entry) || Directory.Exists(entry))
                .Where(entry =>
                    !entry.StartsWith(Path.Combine(State, "receipts"), StringComparison.Ordinal) || File.Exists(entry)
                )
                .Where(File.Exists)
                .Select(entry => $"{entry} {new FileInfo(entry).Length} {File.GetLastWriteTimeUtc(entry):O}")
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose()
    {
        _containerd?.Dispose();
        Scratch.Dispose();
    }
}
