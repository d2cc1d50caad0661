using System.Net;

namespace InfoMetis.Release.Registry;

/// <summary>Scheme, host and port: where authorization may go, and no further.</summary>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    public bool IsLoopback => IsLoopbackHost(Host);

    public static Origin Of(Uri url) => new(url.Scheme, url.IdnHost.ToLowerInvariant(), url.Port);

    public static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
