using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace InfoMetis.Release.Cli.Serving;

/// <summary>Where to listen, as the command line says it: an address and a port, such as 127.0.0.1:5000 or [::1]:5000.</summary>
internal static class ListenAddress
{
    private const string Local = "localhost";

    /// <summary>No name but localhost is looked up: which of its addresses would be meant, nobody can tell.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        var colon = text.LastIndexOf(':');
        if (
            colon <= 0
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        )
            return false;
        var host = text[..colon];
        // Without brackets nobody can tell a port from the end of an address of the sixth version.
        if (host.Contains(':', StringComparison.Ordinal) && !(host[0] == '[' && host[^1] == ']'))
            return false;
        var address =
            host is Local ? IPAddress.Loopback
            : IPAddress.TryParse(host, out var parsed) ? parsed
            : null;
        if (address is null || (host is not Local && address.ToString() != host.Trim('[', ']')))
            return false;
        endpoint = new IPEndPoint(address, port);
        return true;
    }
}
