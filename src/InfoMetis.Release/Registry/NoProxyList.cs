using System.Globalization;
using System.Net;

namespace InfoMetis.Release.Registry;

/// <summary>The list in $no_proxy: names with all that is below them, addresses, networks, each perhaps with a port; or a star.</summary>
internal sealed class NoProxyList
{
    private readonly List<Entry> _entries = [];

    public static NoProxyList Parse(string text)
    {
        var list = new NoProxyList();
        foreach (
            var word in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
            list._entries.Add(Entry.Parse(word));
        return list;
    }

    public bool Covers(Uri url)
    {
        var host = Origin.Of(url).Host.Trim('[', ']');
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : null;
        return _entries.Exists(entry => entry.Covers(host, address, url.Port));
    }

    private sealed record Entry(string Name, IPNetwork? Network, IPAddress? Address, int? Port)
    {
        public static Entry Parse(string word)
        {
            if (IPNetwork.TryParse(word, out var network))
                return new Entry(word, network, null, null);
            if (IPAddress.TryParse(word.Trim('[', ']'), out var address))
                return new Entry(word, null, address, null);
            var colon = word.LastIndexOf(':');
            var hasPort = int.TryParse(
                word.AsSpan(colon + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            );
            var name = colon > 0 && hasPort ? word[..colon] : word;
            var bare = name.Trim('[', ']');
            return new Entry(
                bare.StartsWith("*.", StringComparison.Ordinal) ? bare[1..] : bare,
                null,
                IPAddress.TryParse(bare, out var withPort) ? withPort : null,
                colon > 0 && hasPort ? port : null
            );
        }

        public bool Covers(string host, IPAddress? address, int port)
        {
            if (Port is { } own && own != port)
                return false;
            if (Name == "*")
                return true;
            if (address is not null)
                return Network is { } network ? network.Contains(address) : address.Equals(Address);
            var domain = Name.TrimStart('.');
            return (host.Equals(domain, StringComparison.OrdinalIgnoreCase) && Name[0] != '.')
                || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
        }
    }
}
