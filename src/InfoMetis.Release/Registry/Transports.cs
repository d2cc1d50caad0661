using System.Collections.Concurrent;
using System.Net;

namespace InfoMetis.Release.Registry;

/// <summary>
/// The chain of handlers: redirects, authorization, throttling, idle timeout, connections. Registries with certificates of their
/// own have connections of their own; tokens and limits are shared.
/// </summary>
internal sealed class Transports(RegistryOptions options) : IDisposable
{
    private readonly HostLimiters _limiters = new(options);
    private readonly GrantCache _grants = new(options.Clock);
    private readonly Authorizer _authorizer = new(options.Credentials, new TokenService(options.Clock));
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _invokers = new();

    public HttpMessageInvoker For(string host, RegistryRules rules) =>
        _invokers
            .GetOrAdd(rules.HasOwnTrust ? host : "", _ => new Lazy<HttpMessageInvoker>(() => Invoker(host, rules)))
            .Value;

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            if (invoker.IsValueCreated)
                invoker.Value.Dispose();
        }
    }

    private HttpMessageInvoker Invoker(string host, RegistryRules rules)
    {
        var sockets = Sockets();
        if (rules.HasOwnTrust)
            OwnTrust.Apply(sockets.SslOptions, host, rules);
        var idle = new IdleTimeoutHandler(options.IdleTimeout, options.Clock, sockets);
        var throttle = new ThrottleHandler(_limiters, options.Clock, idle);
        var authorization = new AuthorizationHandler(_grants, _authorizer, throttle);
        return new HttpMessageInvoker(new RedirectHandler(authorization));
    }

    private SocketsHttpHandler Sockets() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = true,
            Proxy = options.Proxy,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            MaxConnectionsPerServer = options.MostRequests,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
        };
}
