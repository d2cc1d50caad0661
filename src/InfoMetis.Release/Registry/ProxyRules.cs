using System.Net;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Which requests go through which proxy, by the values of the customary variables. This machine itself is never reached
/// through one.
/// </summary>
public sealed class ProxyRules : IWebProxy, ICredentials
{
    private readonly (Uri Address, NetworkCredential? Login)? _http;
    private readonly (Uri Address, NetworkCredential? Login)? _https;
    private readonly NoProxyList _exceptions;

    private ProxyRules(
        (Uri Address, NetworkCredential? Login)? http,
        (Uri Address, NetworkCredential? Login)? https,
        NoProxyList exceptions
    )
    {
        _http = http;
        _https = https;
        _exceptions = exceptions;
    }

    public static ProxyRules None { get; } = new(null, null, NoProxyList.Parse(""));

    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException("a proxy's login stands in its address");
    }

    /// <param name="http">$http_proxy; the upper-case form is not read, for web servers set it from a header.</param>
    /// <param name="https">$https_proxy or $HTTPS_PROXY.</param>
    /// <param name="all">$all_proxy or $ALL_PROXY: where the others are not set.</param>
    /// <param name="exceptions">$no_proxy or $NO_PROXY.</param>
    public static ProxyRules Of(string? http, string? https, string? all, string? exceptions)
    {
        var any = Address(all, "all_proxy");
        return new ProxyRules(
            Address(http, "http_proxy") ?? any,
            Address(https, "https_proxy") ?? any,
            NoProxyList.Parse(exceptions ?? "")
        );
    }

    public Uri? GetProxy(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return IsBypassed(destination) ? null : Of(destination)?.Address;
    }

    public bool IsBypassed(Uri host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Of(host) is null || Origin.Of(host).IsLoopback || _exceptions.Covers(host);
    }

    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        _https is { } https && https.Address == uri && https.Login is { } login ? login
        : _http is { } http && http.Address == uri ? http.Login
        : null;

    private (Uri Address, NetworkCredential? Login)? Of(Uri destination) =>
        destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    private static (Uri Address, NetworkCredential? Login)? Address(string? value, string variable)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}";
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Host.Length == 0
            || url.Scheme is not ("http" or "https" or "socks5" or "socks4" or "socks4a")
        )
            throw new ReleaseException(Message.BadProxy(variable));
        var login = url.UserInfo.Split(':', 2);
        var address = new UriBuilder(url.Scheme, url.Host, url.Port).Uri;
        return (
            address,
            login[0].Length == 0
                ? null
                : new NetworkCredential(
                    Uri.UnescapeDataString(login[0]),
                    login.Length > 1 ? Uri.UnescapeDataString(login[1]) : ""
                )
        );
    }
}
