using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Install;

/// <summary>
/// A program that is k0s 1.23.17 as far as install.sh can tell, on the containerd of the machine. When its worker starts it takes in every
/// file of its folder, whatever its name: uncompressed, for this platform, and the first that fails is the end.
/// </summary>
internal static class K0sStandIn
{
    private const string Program = """
        #!/bin/sh
        here='@HERE@'
        need_running() {
            [ -e "$here/k0s/status" ] || { echo 'Error: k0s is not running' >&2; exit 1; }
        }
        case $1 in
            version) cat "$here/k0s/version" ;;
            status) need_running && cat "$here/k0s/status" ;;
            ctr) need_running && shift && exec ctr --connect-timeout 1s --address "$here/containerd.sock" "$@" ;;
            kubectl) need_running && cat "$here/k0s/cluster.yaml" ;;
            start)
                find "$here/data/images" -mindepth 1 -print0 2>/dev/null |
                    xargs -0 -r -n 1 ctr --address "$here/containerd.sock" --namespace k8s.io images import --platform linux/amd64 || exit 1
                echo 'Version: v1.23.17+k0s.1
        Process ID: 1
        Role: controller
        Workloads: true' >"$here/k0s/status"
                ;;
            *) exit 64 ;;
        esac

        """;

    public static Host WithK0s(this Host host, string version = "v1.23.17+k0s.1")
    {
        host.Scratch.Write("k0s/version", $"{version}\n");
        host.Put("k0s", Program.Replace("@HERE@", host.Scratch.Folder, StringComparison.Ordinal));
        return host;
    }

    /// <summary>Starts its worker, as the service of k0s would.</summary>
    public static Task<Finished> StartK0sAsync(this Host host) =>
        new Run(host.Scratch.PathOf("bin", "k0s"), "start")
        {
            Variables = new Dictionary<string, string?> { ["CONTAINERD_SNAPSHOTTER"] = "native" },
        }.ToEndAsync();

    /// <summary>Has it run already, without a look into its folder.</summary>
    public static Host WithRunningK0s(this Host host, string workloads = "true")
    {
        host.Scratch.Write("k0s/status", $"Version: v1.23.17+k0s.1\nRole: controller\nWorkloads: {workloads}\n");
        return host;
    }

    public static void StopK0s(this Host host) => File.Delete(host.Scratch.PathOf("k0s", "status"));
}
