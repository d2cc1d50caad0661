using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using InfoMetis.Release.Serving;

namespace InfoMetis.Release.Cli.Serving;

/// <summary>The file that makes containerd ask this server before, and instead of, the registries themselves.</summary>
internal static class HostsToml
{
    private const string Folder = "/etc/k0s/containerd/certs.d";

    public static void Write(TextWriter writer, Uri url, IReadOnlyList<string> registries)
    {
        writer.WriteLine("# This file makes containerd pull from here. It is the same for each of these:");
        foreach (var registry in registries)
            writer.WriteLine($"#   {Folder}/{FolderOf(registry)}/hosts.toml");
        writer.WriteLine("# and is read where /etc/k0s/containerd.toml says:");
        writer.WriteLine("#   [plugins.\"io.containerd.grpc.v1.cri\".registry]");
        writer.WriteLine($"#     config_path = \"{Folder}\"");
        var address = url.GetLeftPart(UriPartial.Authority);
        var authority =
            url.Scheme == Uri.UriSchemeHttps
                ? $"# ca = \"{Folder}/site-ca.crt\"    # where the nodes do not know who issued the certificate"
                : null;
        if (authority is not null)
            writer.WriteLine(authority);
        // Without it containerd would go on to the registry itself with what it does not find here.
        writer.WriteLine($"server = \"{address}\"");
        writer.WriteLine();
        writer.WriteLine($"[host.\"{address}\"]");
        writer.WriteLine("  capabilities = [\"pull\", \"resolve\"]");
        if (authority is not null)
            writer.WriteLine($"  {authority}");
    }

    /// <summary>How others reach the server: never by an address that stands for all of this machine's.</summary>
    public static Uri Reachable(Uri url, ServerCertificate? certificate)
    {
        var named = new UriBuilder(url);
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IsAny(address))
            named.Host = (Own(address.AddressFamily) ?? IPAddress.Loopback).ToString();
        if (certificate is not null)
            named.Host = certificate.HostFor(named.Host.Trim('[', ']'));
        return named.Uri;
    }

    /// <summary>As containerd looks for it, where a registry has a port.</summary>
    private static string FolderOf(string registry) =>
        registry.LastIndexOf(':') is > 0 and var colon && registry[^1] != ']'
            ? $"{registry[..colon]}_{registry[(colon + 1)..]}_"
            : registry;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress? Own(AddressFamily family) =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus is OperationalStatus.Up)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(address =>
                (address.AddressFamily == family || address.AddressFamily is AddressFamily.InterNetwork)
                && !IPAddress.IsLoopback(address)
                && !address.IsIPv6LinkLocal
            );
}
