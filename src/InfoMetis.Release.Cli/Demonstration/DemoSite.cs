namespace InfoMetis.Release.Cli.Demonstration;

/// <summary>What this machine has of what a site needs.</summary>
internal sealed class DemoSite(IReadOnlyDictionary<string, string> environment)
{
    private const string Socket = "/run/containerd/containerd.sock";

    private readonly string[] _path = (environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator);

    /// <summary>What this machine has a program for: install.sh unpacks with nothing of ours.</summary>
    public string Compression =>
        Has("zstd") ? "zstd"
        : Has("gzip") ? "gzip"
        : "none";

    /// <summary>A program that install.sh cannot do without and that is not here; null where all are.</summary>
    public string? Lacks => ((string[])["sh", "openssl", "tar", "awk"]).FirstOrDefault(tool => !Has(tool));

    /// <summary>A containerd that this user may talk to.</summary>
    public bool HasContainerd =>
        System.Environment.IsPrivilegedProcess
        && Has("ctr")
        && File.Exists(environment.GetValueOrDefault("CONTAINERD_ADDRESS") ?? Socket);

    private bool Has(string program) =>
        _path.Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
